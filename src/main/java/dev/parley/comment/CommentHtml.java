package dev.parley.comment;

import java.util.Set;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * What a reader wrote, as HTML: a small subset of Markdown, drawn from the syntax tree and sanitised last.
 *
 * <p>Raw HTML comes out as text, images as links with their description, headings as strong paragraphs. Links lead to
 * http and https only, carry {@code rel="nofollow ugc noopener"}, and say their host where their text does not. Nothing
 * that was written is hidden but the titles of links and the language of code. Nesting is bounded and the time linear.
 */
public final class CommentHtml {

    /** The elements that can come out; the page's and the tests' allow list. */
    public static final Set<String> ELEMENTS =
            Set.of("p", "br", "em", "strong", "blockquote", "code", "pre", "ul", "ol", "li", "a");

    /** What a link carries. */
    public static final String REL = "nofollow ugc noopener";

    private static final int MAX_BLOCK_NESTING = 16;
    private static final int MAX_INLINE_NESTING = 8;

    /** No HTML blocks, so that HTML stays visible; no indented code, since readers indent without meaning it. */
    private static final Parser PARSER =
            Parser.builder()
                    .enabledBlockTypes(Set.of(BlockQuote.class, FencedCodeBlock.class, Heading.class, ListBlock.class))
                    .maxOpenBlockParsers(MAX_BLOCK_NESTING)
                    .maxInlineNesting(MAX_INLINE_NESTING)
                    .build();

    /** Second guard: what the drawing below got wrong does not pass. */
    private static final PolicyFactory SANITISER =
            new HtmlPolicyBuilder()
                    .allowElements(ELEMENTS.toArray(String[]::new))
                    .allowUrlProtocols("http", "https")
                    .allowAttributes("href")
                    .onElements("a")
                    .allowAttributes("start")
                    .matching(start -> start.matches("[0-9]{1,9}"))
                    .onElements("ol")
                    .requireRelsOnLinks(REL.split(" "))
                    .toFactory();

    private CommentHtml() {}

    /** HTML for the inside of a block element. Never fails; empty only if the text is blank. */
    public static String html(String markdown) {
        var drawing = new Drawing();
        drawing.inside(PARSER.parse(markdown));
        if (drawing.isBlank() && !markdown.isBlank()) {
            // Only signs without content, such as a lone #: shown as written.
            drawing.start("p");
            drawing.text(markdown.strip());
            drawing.end("p");
        }
        return SANITISER.sanitize(drawing.html());
    }

    /** Draws a syntax tree. Node kinds that are not named are drawn as what they contain. */
    private static final class Drawing {

        private final StringBuilder html = new StringBuilder();
        private boolean blank = true;
        private boolean inLink;

        String html() {
            return html.toString();
        }

        boolean isBlank() {
            return blank;
        }

        void inside(Node parent) {
            for (var node = parent.getFirstChild(); node != null; node = node.getNext()) {
                draw(node);
            }
        }

        private void draw(Node node) {
            switch (node) {
                case Paragraph p when inTightList(p) -> tight(p);
                case Paragraph p -> around("p", p);
                case Heading heading -> heading(heading);
                case BlockQuote quote -> around("blockquote", quote);
                case BulletList list -> around("ul", list);
                case OrderedList list -> ordered(list);
                case ListItem item -> around("li", item);
                case FencedCodeBlock code -> block(code);
                case LinkReferenceDefinition definition -> definition(definition);
                case Text text -> words(text.getLiteral());
                case Emphasis em -> around("em", em);
                case StrongEmphasis strong -> around("strong", strong);
                case Code code -> code(code.getLiteral());
                case HtmlInline raw -> text(raw.getLiteral());
                case Link link -> link(link, link.getDestination(), "");
                case Image image -> link(image, image.getDestination(), "image");
                case SoftLineBreak _ -> html.append("<br>\n");
                case HardLineBreak _ -> html.append("<br>\n");
                default -> inside(node);
            }
        }

        private static boolean inTightList(Paragraph p) {
            return p.getParent() instanceof ListItem item
                    && item.getParent() instanceof ListBlock list
                    && list.isTight();
        }

        private void tight(Paragraph p) {
            inside(p);
            if (p.getNext() != null) {
                html.append('\n');
            }
        }

        private void heading(Heading heading) {
            start("p");
            around("strong", heading);
            end("p");
        }

        private void ordered(OrderedList list) {
            var first = list.getMarkerStartNumber();
            html.append(first == null || first == 1 ? "<ol>" : "<ol start=\"" + first + "\">");
            inside(list);
            end("ol");
        }

        private void block(FencedCodeBlock code) {
            start("pre");
            code(code.getLiteral());
            end("pre");
        }

        private void code(String literal) {
            start("code");
            text(literal);
            end("code");
        }

        /** Would vanish otherwise, and with it what somebody wrote. */
        private void definition(LinkReferenceDefinition definition) {
            start("p");
            text("[" + definition.getLabel() + "]: ");
            words(definition.getDestination());
            if (definition.getTitle() != null) {
                text(" \"" + definition.getTitle() + "\"");
            }
            end("p");
        }

        private void link(Node node, String destination, String nameless) {
            var target = inLink ? null : LinkTarget.of(destination);
            if (target == null) {
                inside(node);
                return;
            }
            int before = html.length();
            anchor(target);
            inLink = true;
            inside(node);
            if (node.getFirstChild() == null) {
                text(nameless.isEmpty() ? target.shown() : nameless);
            }
            inLink = false;
            end("a");
            if (html.indexOf(escaped(target.host()), html.indexOf(">", before)) < 0) {
                text(" (" + target.host() + ")");
            }
        }

        /** Text in which bare addresses become links. */
        private void words(String literal) {
            if (inLink) {
                text(LinkTarget.plainHosts(literal));
                return;
            }
            int from = 0;
            for (var bare = BareLink.after(literal, 0); bare != null; bare = BareLink.after(literal, bare.end())) {
                text(literal.substring(from, bare.start()));
                anchor(bare.target());
                text(bare.target().shown());
                end("a");
                from = bare.end();
            }
            text(literal.substring(from));
        }

        private void anchor(LinkTarget target) {
            html.append("<a href=\"").append(escaped(target.href())).append("\" rel=\"").append(REL).append("\">");
        }

        private void around(String element, Node node) {
            start(element);
            inside(node);
            end(element);
        }

        void start(String element) {
            html.append('<').append(element).append('>');
        }

        void end(String element) {
            html.append("</").append(element).append('>');
        }

        void text(String text) {
            blank &= text.isBlank();
            html.append(escaped(text));
        }

        private static String escaped(String text) {
            return text.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;")
                    .replace("'", "&#39;");
        }
    }
}
