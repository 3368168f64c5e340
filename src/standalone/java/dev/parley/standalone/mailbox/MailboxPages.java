package dev.parley.standalone.mailbox;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The templates in {@code templates/mailbox}. */
@CheckedTemplate(basePath = "mailbox")
final class MailboxPages {

    private MailboxPages() {}

    static native TemplateInstance page(List<ShownMail> mails);

    /**
     * A piece of a mail's text.
     *
     * @param link where it leads; null for plain words
     */
    record Piece(String text, @Nullable String link) {}

    /** A mail as the page shows it. */
    record ShownMail(String subject, String at, List<Piece> pieces) {

        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

        /** Whole lines that are web addresses become links, as mail programs do it. */
        private static final Pattern LINK = Pattern.compile("(?m)^https?://[\\x21-\\x7e]+$");

        static ShownMail of(Mailbox.Kept kept) {
            var text = kept.letter().text();
            List<Piece> pieces = new ArrayList<>();
            var links = LINK.matcher(text);
            int from = 0;
            while (links.find()) {
                pieces.add(new Piece(text.substring(from, links.start()), null));
                pieces.add(new Piece(links.group(), links.group()));
                from = links.end();
            }
            pieces.add(new Piece(text.substring(from), null));
            return new ShownMail(kept.letter().subject(), TIME.format(kept.at()), pieces);
        }
    }
}
