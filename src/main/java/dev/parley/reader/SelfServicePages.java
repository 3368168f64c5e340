package dev.parley.reader;

import dev.parley.comment.Commenters;
import dev.parley.platform.Language;
import dev.parley.reader.Proofs.Proven;
import dev.parley.reader.Shell.Notice;
import dev.parley.tenant.SiteView;
import io.quarkiverse.web.bundler.runtime.Bundle;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts the reader's own pages together from what the services say. */
@ApplicationScoped
class SelfServicePages {

    private final Commenters commenters;
    private final Proofs proofs;
    private final Account account;
    private final Bundle bundle;

    SelfServicePages(Commenters commenters, Proofs proofs, Account account, Bundle bundle) {
        this.commenters = commenters;
        this.proofs = proofs;
        this.account = account;
        this.bundle = bundle;
    }

    /** What is around a page of a visit. */
    Shell shell(Visit visit, String token, @Nullable String lang) {
        var language = Language.of(lang, visit.site().language());
        return shell(language, visit.site().name(), "/me/" + token, lang == null ? "" : "?lang=" + language.tag());
    }

    /** What is around the page on which a link is asked for. */
    Shell shell(SiteView site, @Nullable String lang) {
        var language = Language.of(lang, site.language());
        var query = "?site=" + site.key() + (lang == null ? "" : "&lang=" + language.tag());
        return shell(language, site.name(), "", query);
    }

    /** What is around a page that belongs to no visit. */
    Shell shell(Language language) {
        return shell(language, "", "", "");
    }

    boolean isProven(Visit visit) {
        return commenters.get(visit.link().commenter()).verified();
    }

    /** The page that the link opens: the question whose address it is, or the reader's own page. */
    @Transactional
    String page(Visit visit, Shell shell, @Nullable String cursor) {
        var me = commenters.get(visit.link().commenter());
        var others = AskPage.of(proofs.unproven(visit.link()), shell.language());
        if (!me.verified()) {
            return render(Pages.ask(shell, others), shell);
        }
        var mine = account.comments(visit.link(), cursor);
        var older =
                mine.cursor() == null
                        ? null
                        : shell.path()
                                + (shell.query().isEmpty() ? "?" : shell.query() + "&")
                                + "cursor="
                                + URLEncoder.encode(mine.cursor(), StandardCharsets.UTF_8);
        var texts = shell.texts();
        var lapses = texts.lapses(shell.language().time(visit.link().lapsesAt(), texts.timePattern()));
        var page =
                new AccountPage(
                        AccountPage.rows(mine, shell.language()), others, older, cursor != null, me.mails(), lapses);
        return render(Pages.account(shell, page), shell);
    }

    /** The form that asks for a link. */
    String link(Shell shell, boolean wrong) {
        return render(Pages.link(shell, wrong), shell);
    }

    String erase(Shell shell) {
        return render(Pages.erase(shell), shell);
    }

    String unsubscribe(Shell shell) {
        return render(Pages.unsubscribe(shell), shell);
    }

    /** A page that says one thing. */
    String notice(Shell shell, Notice notice) {
        return render(Pages.notice(shell.with(notice)), shell);
    }

    static Notice proven(Proven proven, Language language) {
        var texts = language.texts(MeTexts.class);
        return Notice.good(texts.proven(), proven.published() > 0 ? texts.provenPublished() : null);
    }

    private Shell shell(Language language, String site, String path, String query) {
        return new Shell(bundle.style("widget"), bundle.style("me"), language, site, path, query, null);
    }

    private static String render(TemplateInstance page, Shell shell) {
        return page.setLocale(shell.language().tag()).render();
    }
}
