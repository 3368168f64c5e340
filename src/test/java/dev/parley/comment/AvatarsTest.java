package dev.parley.comment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class AvatarsTest {

    private static final Set<String> ELEMENTS = Set.of("svg", "g", "circle", "path");
    private static final Set<String> ATTRIBUTES =
            Set.of("xmlns", "viewBox", "aria-hidden", "fill", "opacity", "transform", "cx", "cy", "r", "d");

    @Test
    void the_same_id_gives_the_same_picture_and_others_differ() {
        var id = UUID.fromString("6f1c2d34-9a7b-4c55-8e21-0b6f1d2a3c4e");
        assertThat(Avatars.svg(id)).isEqualTo(Avatars.svg(UUID.fromString(id.toString())));

        var random = new Random(7);
        var pictures = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            pictures.add(Avatars.svg(random(random)));
        }
        assertThat(pictures).hasSizeGreaterThan(900);
    }

    @Test
    void a_picture_is_small_well_formed_and_made_of_shapes_alone() throws Exception {
        var random = new Random(11);
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        for (int i = 0; i < 2_000; i++) {
            var svg = Avatars.svg(random(random));
            assertThat(svg.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(400);
            var root =
                    builder.parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8))).getDocumentElement();
            assertThat(root.getAttribute("aria-hidden")).isEqualTo("true");
            onlyShapes(root);
        }
    }

    @Test
    void every_tint_stands_out_on_a_light_and_on_a_dark_page() {
        for (var tint : Avatars.TINTS) {
            assertThat(contrast(tint, "#ffffff")).as(tint).isGreaterThanOrEqualTo(3);
            assertThat(contrast(tint, "#16181d")).as(tint).isGreaterThanOrEqualTo(3);
        }
        assertThat(Set.of(Avatars.TINTS)).hasSize(16);
    }

    private static void onlyShapes(Node node) {
        if (node instanceof Element element) {
            assertThat(ELEMENTS).contains(element.getTagName());
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(ATTRIBUTES).contains(element.getAttributes().item(i).getNodeName());
            }
        } else {
            assertThat(node.getTextContent()).isBlank();
        }
        for (int i = 0; i < node.getChildNodes().getLength(); i++) {
            onlyShapes(node.getChildNodes().item(i));
        }
    }

    /** As WCAG 2 counts it. */
    private static double contrast(String one, String two) {
        double a = luminance(one) + .05;
        double b = luminance(two) + .05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        return .2126 * linear(rgb >> 16 & 255) + .7152 * linear(rgb >> 8 & 255) + .0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= .03928 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4);
    }

    private static UUID random(Random random) {
        return new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() & ~(3L << 62) | 1L << 63);
    }
}
