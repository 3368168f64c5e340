package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class AtomFeedTest {

    @Test
    void whatever_stands_in_a_text_the_document_is_well_formed_and_gives_it_back() throws Exception {
        var name = "A & B <c> \"d\" 'e' ]]> \ud83d\ude00 \u0001\u0008\u000b\ud800\ufffe\uffff\t\u00e9";
        var feed =
                new AtomFeed(
                        UUID.randomUUID(),
                        name,
                        "https://x.example/?a=1&b=\"2\"",
                        null,
                        Instant.EPOCH,
                        List.of(
                                new AtomFeed.Entry(
                                        UUID.randomUUID(),
                                        name,
                                        "https://x.example/#comment-<1>",
                                        name,
                                        "<p>" + name + "</p>",
                                        Instant.EPOCH,
                                        Instant.EPOCH,
                                        UUID.randomUUID())));

        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var document =
                factory.newDocumentBuilder()
                        .parse(new ByteArrayInputStream(feed.xml().getBytes(StandardCharsets.UTF_8)));

        var expected = "A & B <c> \"d\" 'e' ]]> \ud83d\ude00 \t\u00e9";
        assertThat(document.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(expected);
        assertThat(document.getElementsByTagName("name").item(0).getTextContent()).isEqualTo(expected);
        assertThat(document.getElementsByTagName("content").item(0).getTextContent())
                .isEqualTo("<p>" + expected + "</p>");
    }
}
