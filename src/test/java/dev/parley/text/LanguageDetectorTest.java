package dev.parley.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageDetectorTest {
    private static final LanguageDetector DETECTOR = new LanguageDetector();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Thank you for this careful report about the bridge.|en",
                "Je ne suis pas d'accord avec l'auteur de cet article.|fr",
                "Vielen Dank für den ausführlichen Bericht über die neue Brücke.|de",
                "Muito obrigado pela reportagem sobre a ponte nova da cidade.|pt",
                "Дякую за цю статтю про новий міст у нашому місті.|uk",
                "Спасибо за подробную статью, это было очень интересно читать.|ru",
                "この記事はとても面白かったです|ja",
                "这篇文章很有意思|zh",
                "기사 잘 읽었습니다|ko",
                "Yоu аrе an іdіоt and you know it|en",
                "you idiot|und",
                "LOL|und",
                "...|und",
                "👍👍|und"
            })
    void a_text_when_detected_is_in_its_language_or_undetermined(String text, String language) {
        assertEquals(language, DETECTOR.detect(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Дурак ты", "@user, ха", "ничего https://example.com/wall", "Що?", "مرحبا", "馬鹿", "바보", "Βλάκα"})
    void a_short_text_in_another_script_when_detected_may_not_be_english(String text) {
        assertNotEquals("en", DETECTOR.detect(text));
        assertFalse(LanguageDetector.mayBe(text, Normaliser.normalise(text), "en"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"you idiot", "LOL", "👍", "", "1234"})
    void a_short_latin_text_when_detected_may_be_english(String text) {
        assertTrue(LanguageDetector.mayBe(text, Normaliser.normalise(text), "en"));
    }
}
