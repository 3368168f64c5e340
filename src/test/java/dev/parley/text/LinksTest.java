package dev.parley.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
    @ParameterizedTest
    @CsvSource({
        "see https://News.invalid/a?b=c&d=e#f,news.invalid",
        "(http://user@host.example:8080/x),host.example",
        "www.example.com.,www.example.com",
        "discord.gg/invalid,discord.gg",
        "t.me/channel,t.me",
        "hxxps://spam[.]invalid/win,spam.invalid",
        "spam(dot)example is here,spam.example",
        "[click](https://spam.invalid) now,spam.invalid",
        "s p a m . i n v a l i d,spam.invalid",
        "https://xn--n3h.invalid,xn--n3h.invalid"
    })
    void a_link_when_written_one_way_or_another_is_found(String text, String host) {
        assertEquals(List.of(host), Links.in(text).stream().map(Link::host).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The bridge.The mayor",
                "I like it.me too",
                "e.g. this",
                "U.S.A.",
                "write to anna@example.com",
                "5.3 million",
                "and/or",
                "a.b",
                "Hello...world"
            })
    void a_text_without_link_when_searched_has_none(String text) {
        assertEquals(List.of(), Links.in(text));
    }

    @Test
    void a_link_when_found_has_its_place_in_the_original() {
        var text = "so: https://a.invalid/x, and";
        var link = Links.in(text).getFirst();

        assertEquals("https://a.invalid/x", text.substring(link.start(), link.end()));
    }
}
