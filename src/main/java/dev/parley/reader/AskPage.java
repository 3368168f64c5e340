package dev.parley.reader;

import dev.parley.platform.Language;
import dev.parley.reader.Proofs.Written;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was written at an address, to be ticked. */
record AskPage(List<Group> groups) {

    /** What one commenter wrote. */
    record Group(String id, String name, boolean ticked, List<Line> lines, @Nullable String more) {}

    /** One comment, cut short. */
    record Line(String text, String title, @Nullable String url, String when, Instant at) {}

    static AskPage of(List<Written> written, Language language) {
        var texts = language.texts(MeTexts.class);
        return new AskPage(
                written.stream()
                        .map(w ->
                                new Group(
                                        w.commenter().toString(),
                                        w.name(),
                                        w.linked(),
                                        w.pieces().stream()
                                                .map(p ->
                                                        new Line(
                                                                p.text(),
                                                                p.title() == null ? texts.untitled() : p.title(),
                                                                AccountPage.web(p.url()),
                                                                language.time(p.createdAt(), texts.timePattern()),
                                                                p.createdAt()))
                                                .toList(),
                                        w.more() == 0 ? null : texts.more(w.more())))
                        .toList());
    }
}
