package dev.parley.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers write to hide a word, and what looks like it and is nothing of the kind. */
class DisguisesTest {
    private static String normalised(String text) {
        return Normaliser.normalise(text).text().strip();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // stars and other signs for letters
                "f*ck|fuck",
                "F**k you|fuck you",
                "f*** you|fuck you",
                "f**k off, a**hole|fuck off asshole",
                "b**ch|bitch",
                "sh*t and s**t|shit and shit",
                "what the f###|what the fuck",
                "f#ck|fuck",
                "sh%t|shit",
                "bull$hit|bullshit",
                "b!tch|bitch",
                "a$$ a$$es|ass asses",
                "@sshole|asshole",
                "sh1t, 5h1t|shit shit",
                "id10t|idiot",
                "phuck fuk fck|fuck fuck fuck",
                "m0r0n|moron",
                "c*nts|cunts",
                "you c**t|you cunt",
                "n*gger n**ger|nigger nigger",
                "id!ot|idiot",
                "st*pid stup*d st**id|stupid stupid stupid",
                // letters apart
                "b i t c h|bitch",
                "f u c k|fuck",
                "f  u  c  k|fuck",
                "s t u p i d  i d i o t|stupid idiot",
                "f_u_c_k|fuck",
                "f-u-c-k|fuck",
                "f.u.c.k|fuck",
                "f.u.c.k. you|fuck you",
                "f/u/c/k|fuck",
                "f*u*c*k|fuck",
                "f, u, c, k|fuck",
                "f👍u👍c👍k|fuck",
                "f 👍 u 👍 c 👍 k|fuck",
                "f\u200bu\u200bc\u200bk|fuck",
                "i d i o t s|idiots",
                "fu.ck sh.it|fuck shit",
                "st-up-id|stupid",
                // repeats and order
                "fuuuuck|fuck",
                "fffuuuccckkk|fuck",
                "shiiiiit|shit",
                "fcuk fukc|fuck fuck",
                "biatch|bitch",
                "idoit idito|idiot idiot",
                "stpuid|stupid",
                // other letters
                "fuсk|fuck",
                "ｆｕｃｋ|fuck",
                "ⓕⓤⓒⓚ|fuck",
                "𝓯𝓾𝓬𝓴|fuck",
                "🅵🆄🅲🅺|fuck",
                "ꜰᴜᴄᴋ|fuck",
                "ʞɔnɟ|fuck",
                "ǝɹoɥʍ|whore",
                "f\u0336u\u0336c\u0336k\u0336|fuck",
                "fυck|fuck",
                "іdіоt|idiot"
            })
    void a_hidden_word_when_normalised_is_read(String disguised, String plain) {
        assertEquals(plain, normalised(disguised));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // latin letters and signs inside Cyrillic words
                "cука|сука",
                "cyka|cyka",
                "дypaк|дурак",
                "п@дла|падла",
                "идиoт|идиот",
                "иди0т|идиот",
                "п0шел|пошел",
                "д.у.р.а.к|дурак",
                "д у р а к|дурак",
                "дуууурак|дурак",
                "с*ка, п*здец|сука пиздец",
                "ёлка йод|ёлка йод",
                "Він їсть її хліб|він їсть її хліб",
                "дебил!|дебил"
            })
    void a_cyrillic_word_when_normalised_stays_cyrillic(String disguised, String plain) {
        assertEquals(plain, normalised(disguised));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "J. R. R. Tolkien and C. S. Lewis|j r r tolkien and c s lewis",
                "in the U.S.A., e.g. Ohio|in the usa e g ohio",
                "C++ and C#|c and c",
                "5 * 3 = 15|5 3 15",
                "A/B test|a b test",
                "2*x*y|2*x*y",
                "100% of A#B, 5%|100 of a b 5",
                "plan a, b, c and d|plan a b c and d",
                "vitamin C, A and B|vitamin c a and b",
                "*really* **bold** _under_|really bold under",
                "Straße, Müller, größer|strasse muller grosser",
                "coração, não, café, é|coracao nao cafe e",
                "9 to 5, 24/7, 1st, 3D, mp3, B2B, H2O|9 to 5 24 7 1st 3d mp3 b2b h2o",
                "rock'n'roll|rocknroll",
                "see foo.bar|see foo bar",
                "the end.The start|the end the start",
                "50% off, #1 in $USD|50 off 1 in usd",
                "well-known, on-line, co-op|well known on line co op",
                "I, a, x|i a x"
            })
    void ordinary_text_when_normalised_stays_itself(String text, String folded) {
        assertEquals(folded, normalised(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the lair of the carp",
                "trial by jury",
                "an angel from heaven",
                "calm clam",
                "the form from rome",
                "silt and salt",
                "a stain on satin",
                "two bunts and a punt",
                "the ship sank",
                "a duck",
                "a ditch",
                "he can count",
                "six fiddles",
                "to pass the class",
                "the assassin",
                "arsenal",
                "scunthorpe",
                "cockpit",
                "ditto",
                "dotty",
                "studio",
                "idol",
                "the fork in the road",
                "shirt",
                "shot",
                "the shift",
                "beach",
                "batch",
                "stupor",
                "diction",
                "dock",
                "deck",
                "peacock",
                "lair",
                "liars",
                "tart",
                "rapt",
                "rape seed",
                "mourn",
                "minor",
                "luser group",
                "united",
                "fined",
                "bashful"
            })
    void a_clean_word_when_normalised_is_not_made_abuse(String text) {
        assertEquals(text, normalised(text));
    }
}
