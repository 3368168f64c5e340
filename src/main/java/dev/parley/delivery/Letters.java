package dev.parley.delivery;

import dev.parley.article.ArticleView;
import dev.parley.article.Articles;
import dev.parley.comment.CommentState;
import dev.parley.comment.CommentStatus;
import dev.parley.comment.Comments;
import dev.parley.invitation.InvitationLetter;
import dev.parley.moderation.PublicReason;
import dev.parley.moderation.Statements;
import dev.parley.platform.Language;
import dev.parley.platform.PlatformConfig;
import dev.parley.reader.LinkPurpose;
import dev.parley.reader.Links;
import dev.parley.reader.Preferences;
import dev.parley.tenant.SiteView;
import dev.parley.tenant.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes mails from ids, at the moment they are sent: in plain text, short, with no word of a comment. Links are made
 * anew each time, in the transaction that claims the mail.
 */
@ApplicationScoped
class Letters {

    private static final int MAX_SITE = 60;
    private static final int MAX_NAME = 80;
    private static final int MAX_TITLE = 120;

    /** In a mail to somebody who perhaps never heard of the site: room for a name, not for a message. */
    private static final int MAX_NAME_FOR_STRANGERS = 40;

    private final Sites sites;
    private final Articles articles;
    private final Comments comments;
    private final Statements statements;
    private final Links links;
    private final Preferences preferences;
    private final PlatformConfig platform;

    Letters(
            Sites sites,
            Articles articles,
            Comments comments,
            Statements statements,
            Links links,
            Preferences preferences,
            PlatformConfig platform) {
        this.sites = sites;
        this.articles = articles;
        this.comments = comments;
        this.statements = statements;
        this.links = links;
        this.preferences = preferences;
        this.platform = platform;
    }

    /** What a mail says now; empty if there is nothing to say any more. */
    @Transactional(TxType.MANDATORY)
    Optional<Letter> write(Mail mail) {
        var preference = preferences.of(mail.commenter());
        if (mail.kind.isNotification() && !(preference.proven() && preference.mails())) {
            return Optional.empty(); // switched off meanwhile
        }
        var draft = new Draft(mail, sites.byId(mail.site()));
        return switch (mail.kind) {
            case PROOF -> preference.proven() ? Optional.empty() : Optional.of(proof(draft));
            case LINK -> Optional.of(link(draft));
            case REPLY -> reply(draft);
            case DECISION -> decision(draft);
            case INVITATION -> throw new IllegalStateException("an invitation is written by itself");
        };
    }

    /** The mail of an invitation, in the language of the tenant's site. */
    Letter invitation(Mail mail, InvitationLetter invited) {
        var language = Language.of(invited.language());
        var words = language.texts(MailWords.class);
        boolean rightToLeft = language.direction().equals("rtl");
        var tenant = OneLine.of(invited.tenantName(), MAX_SITE);
        // Names are people's own words: neither may become something to click.
        var inviter = invited.inviter().isBlank() || leads(invited.inviter()) ? tenant : invited.inviter();
        var text =
                String.join(
                        "\n\n",
                        words.invitationWhy(
                                OneLine.isolated(OneLine.of(invited.name(), MAX_NAME), rightToLeft),
                                OneLine.isolated(OneLine.of(inviter, MAX_NAME), rightToLeft),
                                OneLine.isolated(tenant, rightToLeft)),
                        words.invitationLink() + "\n" + platform.console() + "/console/invitation/" + invited.token(),
                        words.invitationElse());
        return new Letter(mail.id, words.invitationSubject(tenant), text + "\n", Optional.empty());
    }

    private Letter proof(Draft draft) {
        // No text, no website, no title: whoever typed somebody else's address must not write to them this way.
        var name =
                comments.find(draft.mail.subjects[0])
                        .map(CommentState::name)
                        .filter(n -> !leads(n))
                        .map(n -> draft.word(n, MAX_NAME_FOR_STRANGERS));
        draft.add(
                name.map(n -> draft.words.proofWhy(n, draft.site()))
                        .orElseGet(() -> draft.words.proofWhyNameless(draft.site())));
        draft.add(draft.words.proofLink(), me(draft, LinkPurpose.MANAGE));
        draft.add(draft.words.proofElse());
        return draft.letter(draft.words.proofSubject(draft.siteLine()), Optional.empty());
    }

    /** Whether a mail program could make something to click of a name. */
    private static boolean leads(String name) {
        return name.contains("://") || name.indexOf('@') >= 0 || !dev.parley.text.Links.in(name).isEmpty();
    }

    private Letter link(Draft draft) {
        draft.add(draft.words.linkWhy(draft.site()));
        draft.add(draft.words.linkLink(), me(draft, LinkPurpose.MANAGE));
        draft.add(draft.words.linkElse());
        return draft.letter(draft.words.linkSubject(draft.siteLine()), Optional.empty());
    }

    private Optional<Letter> reply(Draft draft) {
        var answers =
                java.util.Arrays.stream(draft.mail.subjects)
                        .flatMap(id -> comments.find(id).stream())
                        .filter(c -> c.visibleRevision() != null)
                        .toList();
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        var article = articles.byId(answers.getFirst().articleId());
        draft.add(
                title(draft, article)
                        .map(draft.words::replyWhy)
                        .orElseGet(() -> draft.words.replyWhyUntitled(draft.site())));
        for (var answer : answers) {
            draft.add(draft.word(answer.name(), MAX_NAME), address(draft, article, answer.id()));
        }
        if (draft.mail.others > 0) {
            draft.add(draft.words.replyMore(draft.mail.others));
        }
        boolean one = answers.size() == 1 && draft.mail.others == 0;
        var subject =
                one
                        ? draft.words.replySubject(
                                OneLine.of(answers.getFirst().name(), MAX_NAME_FOR_STRANGERS), draft.siteLine())
                        : draft.words.repliesSubject(draft.siteLine());
        return Optional.of(notification(draft, subject));
    }

    private Optional<Letter> decision(Draft draft) {
        var found = comments.find(draft.mail.subjects[0]);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var comment = found.get();
        var article = articles.byId(comment.articleId());
        return switch (comment.status()) {
            case PUBLISHED -> Optional.of(published(draft, article, comment));
            case REJECTED -> rejected(draft, article, comment);
            case HELD, WITHDRAWN -> Optional.empty(); // moved on meanwhile
        };
    }

    private Letter published(Draft draft, ArticleView article, CommentState comment) {
        draft.add(
                title(draft, article)
                        .map(draft.words::publishedWhy)
                        .orElseGet(() -> draft.words.publishedWhyUntitled(draft.site())),
                address(draft, article, comment.id()));
        return notification(draft, draft.words.publishedSubject(draft.siteLine()));
    }

    private Optional<Letter> rejected(Draft draft, ArticleView article, CommentState comment) {
        var last =
                statements.about(comment.id()).stream()
                        .filter(s -> s.restriction() == CommentStatus.REJECTED)
                        .reduce((_, later) -> later);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        boolean machine = last.get().automated();
        draft.add(
                title(draft, article)
                        .map(machine ? draft.words::rejectedByMachine : draft.words::rejectedByPerson)
                        .orElseGet(() ->
                                machine
                                        ? draft.words.rejectedByMachineUntitled(draft.site())
                                        : draft.words.rejectedByPersonUntitled(draft.site())));
        last.get().reasons().forEach(reason -> draft.add("- " + inWords(draft.words, reason)));
        return Optional.of(notification(draft, draft.words.rejectedSubject(draft.siteLine())));
    }

    private Letter notification(Draft draft, String subject) {
        var off = me(draft, LinkPurpose.UNSUBSCRIBE) + "/unsubscribe";
        draft.add(draft.words.unsubscribe(), off);
        return draft.letter(subject, Optional.of(off));
    }

    private String me(Draft draft, LinkPurpose purpose) {
        return platform.publicOrigin() + "/me/" + links.issue(draft.mail.commenter(), draft.mail.site(), purpose);
    }

    private static Optional<String> title(Draft draft, ArticleView article) {
        return Optional.ofNullable(article.title()).map(t -> draft.word(t, MAX_TITLE)).filter(t -> !t.isEmpty());
    }

    /** Where a comment stands on the publisher's page; on Parley's own page if that address is not known. */
    private String address(Draft draft, ArticleView article, UUID comment) {
        var page = page(article.url());
        return page == null
                ? platform.publicOrigin()
                        + "/embed/"
                        + draft.siteView.key()
                        + "/"
                        + article.key()
                        + "?comment="
                        + comment
                : page + "#comment-" + comment;
    }

    /** A web address without its fragment; null if it is none. */
    private static @Nullable String page(@Nullable String url) {
        if (url == null) {
            return null;
        }
        try {
            var uri = new URI(url);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawUserInfo() == null
                    ? uri.toASCIIString().replaceFirst("#.*", "")
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** A public reason in the mail's language; as it was stored where the code is a newer one. */
    private static String inWords(MailWords words, PublicReason reason) {
        return switch (reason.code()) {
            case "ABUSE" -> words.reasonAbuse();
            case "ADDRESS" -> words.reasonAddress();
            case "HATE" -> words.reasonHate();
            case "ILLEGAL" -> words.reasonIllegal();
            case "LINKS" -> words.reasonLinks();
            case "NAME" -> words.reasonName();
            case "OFF_TOPIC" -> words.reasonOffTopic();
            case "OTHER" -> words.reasonOther();
            case "PERSONAL_DATA" -> words.reasonPersonalData();
            case "REPEAT" -> words.reasonRepeat();
            case "REVIEW" -> words.reasonReview();
            case "SPAM" -> words.reasonSpam();
            case "THREAT" -> words.reasonThreat();
            case "TOXICITY" -> words.reasonToxicity();
            case "WORDS" -> words.reasonWords();
            default -> reason.text();
        };
    }

    /** A mail that is being written. */
    private static final class Draft {
        final Mail mail;
        final SiteView siteView;
        final Language language;
        final MailWords words;
        private final List<String> paragraphs = new ArrayList<>();

        Draft(Mail mail, SiteView site) {
            this.mail = mail;
            this.siteView = site;
            this.language = Language.of(mail.language);
            this.words = language.texts(MailWords.class);
        }

        /** Lines of one paragraph. */
        void add(String... lines) {
            paragraphs.add(String.join("\n", lines));
        }

        /** A name or title that somebody chose, for the text. */
        String word(String chosen, int max) {
            return OneLine.isolated(OneLine.of(chosen, max), language.direction().equals("rtl"));
        }

        /** Name of the site for the text. */
        String site() {
            return word(siteView.name(), MAX_SITE);
        }

        /** Name of the site for the subject. */
        String siteLine() {
            return OneLine.of(siteView.name(), MAX_SITE);
        }

        Letter letter(String subject, Optional<String> unsubscribe) {
            return new Letter(mail.id, subject, String.join("\n\n", paragraphs) + "\n", unsubscribe);
        }
    }
}
