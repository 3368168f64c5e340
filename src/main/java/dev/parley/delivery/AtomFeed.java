package dev.parley.delivery;

import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * An Atom 1.0 feed (RFC 4287) with replies marked as such (RFC 4685).
 *
 * @param self where the feed itself is
 * @param page what the feed is about; null if Parley does not know an address
 * @param updated of the newest entry
 */
record AtomFeed(UUID id, String title, String self, @Nullable String page, Instant updated, List<Entry> entries) {

    static final String MEDIA_TYPE = "application/atom+xml";

    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final String THREADING = "http://purl.org/syndication/thread/1.0";

    /**
     * One comment.
     *
     * @param html sanitised
     * @param parent the comment that it answers
     */
    record Entry(
            UUID id,
            String title,
            String link,
            String author,
            String html,
            Instant published,
            Instant updated,
            @Nullable UUID parent) {}

    /** The document. What XML can't hold is left out of texts. */
    String xml() {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace(ATOM);
            xml.writeNamespace("thr", THREADING);
            element(xml, "id", urn(id));
            element(xml, "title", title);
            element(xml, "updated", updated.toString());
            link(xml, "self", MEDIA_TYPE, self);
            if (page != null) {
                link(xml, "alternate", "text/html", page);
            }
            element(xml, "generator", "Parley");
            for (var entry : entries) {
                write(xml, entry);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A feed could not be written", e); // to memory
        }
        return text.toString();
    }

    private static void write(XMLStreamWriter xml, Entry entry) throws XMLStreamException {
        xml.writeStartElement("entry");
        element(xml, "id", urn(entry.id()));
        element(xml, "title", entry.title());
        element(xml, "published", entry.published().toString());
        element(xml, "updated", entry.updated().toString());
        xml.writeStartElement("author");
        element(xml, "name", entry.author());
        xml.writeEndElement();
        link(xml, "alternate", "text/html", entry.link());
        if (entry.parent() != null) {
            xml.writeEmptyElement("thr", "in-reply-to", THREADING);
            xml.writeAttribute("ref", urn(entry.parent()));
        }
        xml.writeStartElement("content");
        xml.writeAttribute("type", "html");
        xml.writeCharacters(storable(entry.html()));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(storable(text));
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String rel, String type, String href) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", rel);
        xml.writeAttribute("type", type);
        xml.writeAttribute("href", storable(href));
    }

    private static String urn(UUID id) {
        return "urn:uuid:" + id;
    }

    /** Without what XML 1.0 has no place for: control characters, halves of pairs, U+FFFE and U+FFFF. */
    static String storable(String text) {
        return text.codePoints()
                .filter(c ->
                        c == '\t'
                                || c == '\n'
                                || c == '\r'
                                || (c >= 0x20 && c <= 0xd7ff)
                                || (c >= 0xe000 && c <= 0xfffd)
                                || c >= 0x10000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
