package dev.parley.widget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.comment.Avatars;
import dev.parley.comment.CommentHtml;
import dev.parley.platform.Language;
import dev.parley.testing.Attacks;
import dev.parley.testing.PostgresResource;
import dev.parley.widget.EmbedPage.ShownThread;
import dev.parley.widget.EmbedPage.Sort;
import dev.parley.widget.FrameLinks.About;
import dev.parley.widget.ReplyForm.ReplyTo;
import dev.parley.widget.ShownComment.Author;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The templates alone. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class PageTest {

    private static final About ABOUT = new About("", "", "");
    private static final ShownThread EMPTY =
            new ShownThread("en", 0, "Comments", List.of(), List.of(), null, null, "", "");

    @Test
    void an_article_without_comments_shows_the_form_and_says_so() {
        var page = draw(null, form("", "", Map.of()), EMPTY);

        assertThat(page.select("h2").eachText()).containsExactly("Leave a Reply", "Comments");
        assertThat(page.select(".promise").text())
                .isEqualTo("Your email address will not be published. Required fields are marked *");
        assertThat(page.select(".field label").eachText()).containsExactly("Comment *", "Name *", "Email *", "Website");
        assertThat(page.select("button").text()).isEqualTo("Post Comment");
        assertThat(page.select(".tick label").eachText())
                .containsExactly(
                        "Mail me a link, to be told of answers and to manage my comments",
                        "Remember me in this browser");
        assertThat(page.select(".none").text()).isEqualTo("No comments to show.");
        for (var control : page.select("textarea, input:not([type=hidden], [type=checkbox])")) {
            assertThat(page.select("label[for=" + control.id() + "]")).hasSize(1);
        }
    }

    @Test
    void a_thread_when_drawn_nests_replies_and_keeps_the_place_of_what_is_gone() {
        var reply = comment("2", new Author("Lena Ortiz"), "So *do* I.", false, List.of());
        var gone = comment("1", null, "", false, List.of(reply));
        var mine = comment("3", new Author("Sam"), "I agree.", true, List.of());
        var thread =
                new ShownThread(
                        "en",
                        2,
                        "2 Comments",
                        List.of(new Sort("Newest", "?", true), new Sort("Oldest", "?sort=oldest", false)),
                        List.of(mine, gone),
                        null,
                        "?cursor=x",
                        "More comments",
                        "");

        var page = draw(Notice.done("Published").leadingTo("#c-3"), form("", "", Map.of()), thread);

        assertThat(page.select(".thread-head h2").text()).isEqualTo("2 Comments");
        assertThat(page.select("#c-1 > .gone").text()).isEqualTo("This comment is no longer here.");
        assertThat(page.select("#c-1 > .replies > #c-2 .body").html()).isEqualTo("<p>So <em>do</em> I.</p>");
        assertThat(page.select(".mine .yours").text()).isEqualTo("Your comment");
        assertThat(page.select(".notice a").attr("href")).isEqualTo("#c-3");
        assertThat(page.select(".more a").attr("href")).isEqualTo("?cursor=x");
    }

    @Test
    void a_form_with_errors_shows_them_at_the_fields_and_keeps_what_was_typed() {
        var page =
                draw(
                        Notice.notSent("Not sent", "See below."),
                        form("</textarea>\n<b>", "\"Ann\"", Map.of("email", "is missing", "comment", "is too long")),
                        EMPTY);

        assertThat(page.select("#comment").val()).isEqualTo("</textarea>\n<b>");
        assertThat(page.select("#name").val()).isEqualTo("\"Ann\"");
        assertThat(page.select("#email").hasAttr("value")).isFalse();
        assertThat(page.select("#" + page.select("#email").attr("aria-describedby")).text()).isEqualTo("is missing");
        assertThat(page.select("#comment").attr("aria-describedby").split(" ")).contains("comment-error");
        assertThat(page.select("[aria-invalid]")).hasSize(2);
    }

    @Test
    void a_reply_when_asked_for_names_who_is_answered_and_can_be_cancelled() {
        var form = ReplyForm.empty("t", new ReplyTo("7", "Ann <b>", "/embed/gazette/a"), ABOUT);
        var page = draw(null, form, EMPTY);

        assertThat(page.select("h2").first().text()).isEqualTo("Reply to Ann <b>");
        assertThat(page.select("input[name=parent]").val()).isEqualTo("7");
        assertThat(page.select(".reply-cancel a").attr("href")).isEqualTo("/embed/gazette/a");
    }

    @Test
    void an_article_that_takes_no_comments_shows_no_form() {
        var page = draw(null, null, EMPTY);

        assertThat(page.select("form")).isEmpty();
        assertThat(page.select(".closed").text()).isEqualTo("Comments are closed.");
    }

    /** The page's own elements for harmless words are the measure: hostile ones may add nothing to them. */
    @Test
    void hostile_words_in_every_field_when_drawn_add_no_element_and_no_attribute() {
        var rows = Attacks.rows("a-xss.jsonl");
        for (var row : rows) {
            var calm = shapeOf(draw("word"));
            var hostile = draw(row.payload());
            hostile.select(".body").forEach(body -> body.empty());
            assertThat(shapeOf(hostile)).as(row.id()).isEqualTo(calm);
        }
    }

    private static Document draw(String words) {
        var author = new Author(words);
        var comment = comment("1", author, words, false, List.of());
        var form =
                new ReplyForm(
                        "t",
                        new ReplyTo("1", words, "/"),
                        words,
                        words,
                        words,
                        true,
                        new About(words, words, words),
                        true,
                        Map.of("name", words, "website", words));
        var own = new Own("1", "token", "reader", Instant.parse("2026-11-22T10:15:00Z"));
        var notice = new Notice(Notice.Kind.HELD, words, words, List.of(words), "#c-1", own);
        var flag = new FlagForm("1", words, "t", null, words, words, "/", Language.EN.texts(WidgetTexts.class));
        var edit = new EditForm(own, "t", words, true, words, "/");
        var data = ScriptJson.safe("{\"text\":\"" + words.replace("\\", "").replace("\"", "") + "\"}");
        var thread = new ShownThread("en", 1, words, List.of(), List.of(comment), null, null, "", data);
        return draw(new EmbedPage(frame(Language.EN), "/all", ABOUT, notice, form, flag, edit, thread));
    }

    private static List<String> shapeOf(Document page) {
        page.select(".body").forEach(body -> body.empty());
        return page.getAllElements().stream()
                .map(e -> e.normalName() + e.attributes().asList().stream().map(a -> a.getKey()).toList())
                .toList();
    }

    private static Document draw(Notice notice, ReplyForm form, ShownThread thread) {
        return draw(new EmbedPage(frame(Language.EN), "/all", ABOUT, notice, form, null, null, thread));
    }

    private static Document draw(EmbedPage page) {
        var drawn = Jsoup.parse(Pages.draw(page));
        drawn.select("template").remove(); // what a browser doesn't show
        return drawn;
    }

    private static Frame frame(Language language) {
        var look = new Look(language, "auto", "", "", Map.of());
        var path = "/embed/gazette/a";
        return new Frame("/x.css", "/x.js", look, path, "/events", path, path, path, path, "/me", "{}");
    }

    private static ReplyForm form(String comment, String name, Map<String, String> errors) {
        return new ReplyForm("ticket", null, comment, name, "", false, ABOUT, false, errors);
    }

    private static ShownComment comment(
            String id, Author author, String body, boolean mine, List<ShownComment> replies) {
        return new ShownComment(
                id,
                null,
                author,
                Avatars.svg(new UUID(7, 7)),
                CommentHtml.html(body),
                "?comment=" + id,
                "2026-11-22T10:00:00Z",
                Visit.date(Language.EN, Instant.parse("2026-11-22T10:00:00Z")),
                false,
                mine,
                false,
                "?reply=" + id,
                "?flag=" + id,
                replies,
                null);
    }
}
