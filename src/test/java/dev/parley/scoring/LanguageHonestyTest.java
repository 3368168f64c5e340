package dev.parley.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text in a language without a model is never judged by the English one, on whichever site it is written. */
class LanguageHonestyTest {
    private static final Scorers SCORERS = new Scorers();

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Ukrainian
                "Дякую редакції за чудовий репортаж про відбудову мосту.",
                "Чому міська рада нічого не зробила за ці три роки?",
                "Я не згоден з автором, але стаття цікава.",
                "Ну що за дурниці ви пишете, соромно читати!",
                "Ти ідіот і брехун, іди звідси.",
                "Слава Україні!",
                "Так, згоден",
                "Що?",
                "Ні",
                "Дивіться тут: https://example.org/news/bridge",
                "Мій смартфон Samsung Galaxy не відкриває сайт",
                "@editor виправте помилку у назві, будь ласка",
                "Це просто fake news, не вірте",
                "Їжте борщ і читайте New York Times",
                // Arabic
                "شكرا على هذا التقرير المفصل عن الجسر الجديد في مدينتنا.",
                "لماذا لم يفعل المجلس البلدي شيئا منذ ثلاث سنوات؟",
                "أنت كاذب وغبي ولا تفهم شيئا",
                "لا أوافق الكاتب الرأي لكن المقال جيد",
                "نعم",
                "كذب!",
                "شاهدوا هنا https://example.org/news/bridge",
                "هاتفي Samsung لا يفتح الموقع",
                "هذا fake news لا تصدقوا",
                "شُكْرًا جَزِيلًا",
                // Japanese
                "新しい橋についての詳しい記事をありがとうございました。",
                "市議会は三年間何をしていたのでしょうか。",
                "お前は本当に馬鹿で嘘つきだ",
                "筆者には賛成できませんが、面白い記事でした",
                "はい",
                "嘘だ",
                "バカ",
                "ここを見て https://example.org/news/bridge",
                "私の Samsung ではこのサイトが開けません",
                "これは fake news です、信じないで",
                "ワロタwww",
                "嘘だ fake news",
                "Samsung Galaxy Note не працює"
            })
    void a_text_in_a_language_without_model_when_scored_is_not_scored(String text) {
        for (var site : new String[] {"en", "de", "uk"}) {
            var scores = SCORERS.score(text, site);

            assertNotEquals("en", scores.language(), text);
            assertFalse(scores.scored(), text);
            assertTrue(scores.value("toxicity").isEmpty() && scores.value("insult").isEmpty(), text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lol",
                "ok",
                "no way",
                "😂😂😂",
                "...",
                "42",
                "Samsung Galaxy",
                "Haha, genau",
                "so what да ладно",
                "I think что это очень плохо for all of us",
                "这 is 真的 very 好 thanks"
            })
    void a_short_or_mixed_text_when_scored_is_undetermined(String text) {
        assertEquals("und", SCORERS.score(text, "en").language());
    }
}
