package dev.parley.widget;

import dev.parley.comment.CommentState;
import dev.parley.moderation.FlagReason;
import dev.parley.widget.EmbedPages.Forms;
import dev.parley.widget.EmbedPages.Part;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pages with the form to report a comment. */
@ApplicationScoped
class FlagPages {

    private final EmbedPages pages;
    private final FormTickets tickets;

    FlagPages(EmbedPages pages, FormTickets tickets) {
        this.pages = pages;
        this.tickets = tickets;
    }

    /** The page that asks why; says so if the comment is gone. */
    EmbedPage asked(Visit visit, @Nullable UUID id) {
        var comment = pages.shown(visit, id);
        return comment.isEmpty()
                ? page(visit, null, null, Notice.gone(visit.texts().gone()))
                : page(visit, id, form(visit, comment.get(), null, "", null), null);
    }

    /**
     * The page with the form as it was sent, and what is wrong with it.
     *
     * @param error null if it is nothing at the form
     */
    EmbedPage again(
            Visit visit,
            @Nullable UUID id,
            @Nullable FlagReason chosen,
            String note,
            @Nullable String error,
            @Nullable Notice notice) {
        var comment = pages.shown(visit, id);
        return page(
                visit,
                comment.isEmpty() ? null : id,
                comment.map(c -> form(visit, c, chosen, note, error)).orElse(null),
                notice);
    }

    /** The page that says what became of it. */
    EmbedPage answered(Visit visit, @Nullable UUID id, Notice notice) {
        return page(visit, pages.shown(visit, id).isPresent() ? id : null, null, notice);
    }

    private EmbedPage page(Visit visit, @Nullable UUID id, @Nullable FlagForm form, @Nullable Notice notice) {
        var none = pages.emptyForms(visit);
        var part = id == null ? Part.FIRST : Part.around(id);
        return pages.page(visit, part, new Forms(none.reply(), form, null), notice, null);
    }

    private FlagForm form(
            Visit visit, CommentState comment, @Nullable FlagReason chosen, String note, @Nullable String error) {
        return new FlagForm(
                comment.id().toString(),
                comment.name(),
                tickets.issue(visit.site().key(), visit.article()),
                chosen,
                note,
                error,
                visit.links().comment(comment.id()),
                visit.texts());
    }
}
