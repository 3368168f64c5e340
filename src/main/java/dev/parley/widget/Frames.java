package dev.parley.widget;

import com.ibm.icu.text.PluralRules;
import dev.parley.platform.Json;
import dev.parley.platform.Language;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Makes what stands around the pages. */
@Singleton
class Frames {

    /** Where the script puts a number. */
    private static final String NUMBER = "#";

    private final Assets assets;
    private final Json json;
    private final Map<Language, String> texts = new EnumMap<>(Language.class);

    Frames(Assets assets, Json json) {
        this.assets = assets;
        this.json = json;
    }

    Frame of(Visit visit) {
        var links = visit.links();
        return new Frame(
                assets.style(),
                assets.script(),
                visit.look(),
                links.path(),
                "/api/v1/sites/%s/articles/%s/events".formatted(visit.site().key(), visit.article()),
                links.action(""),
                links.action("/edit"),
                links.action("/withdraw"),
                links.action("/flags"),
                "/me?site=%s&lang=%s".formatted(visit.site().key(), visit.language().tag()),
                texts(visit.language()));
    }

    /** For an error: there may be no article, and the script has nothing to do. */
    Frame plain(Look look) {
        return new Frame(assets.style(), assets.script(), look, "", "", "", "", "", "", "", "");
    }

    private synchronized String texts(Language language) {
        return texts.computeIfAbsent(language, l -> ScriptJson.safe(json.write(spoken(l.texts(WidgetTexts.class), l))));
    }

    /** Counted texts come in each of the language's plural forms. */
    private static Map<String, Object> spoken(WidgetTexts words, Language language) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("numbers", language.numbers().toLanguageTag());
        all.put("comments", forms(language, words::comments));
        all.put("newComments", forms(language, words::newComments));
        all.put("charactersLeft", forms(language, words::charactersLeft));
        all.put("charactersOver", forms(language, words::charactersOver));
        all.put("leaveReply", words.leaveReply());
        all.put("replyTo", words.replyTo());
        all.put("cancelReply", words.cancelReply());
        all.put("yourComment", words.yourComment());
        all.put("show", words.show());
        all.put("sending", words.sending());
        all.put("unsent", words.unsent());
        all.put("unsentText", words.unsentText());
        all.put("tryAgain", words.tryAgain());
        all.put("unloaded", words.unloaded());
        all.put("stillYours", words.stillYours());
        return all;
    }

    private static Map<String, String> forms(Language language, BinaryOperator<String> text) {
        Map<String, String> forms = new LinkedHashMap<>();
        for (var form : PluralRules.forLocale(language.locale()).getKeywords()) {
            forms.put(form, text.apply(form, NUMBER));
        }
        return forms;
    }
}
