package dev.parley.text;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookAlikesTest {
    private static final List<String> RESERVED =
            List.of("admin", "administrator", "moderator", "mod", "editor", "staff", "system", "Molly Green");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Admin",
                "ADMIN",
                "\u0410dmin",
                "Moderat\u00ador",
                "\uff25ditor",
                "Adm1n",
                "adm\u0131n",
                "The Editor",
                "Editor \u2714\ufe0f",
                "A d m i n",
                "admin_2",
                "Moderator7",
                "M\u0336o\u0336d\u0336",
                "@dmin",
                "St\u00e4ff",
                "MoIIy Green",
                "molly.green",
                "\u24b6dmin",
                "\ud835\udc00\ud835\udc1d\ud835\udc26\ud835\udc22\ud835\udc27"
            })
    void a_name_that_looks_reserved_when_compared_is_caught(String name) {
        assertTrue(LookAlikes.looksLike(name, RESERVED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Anna", "Modesta", "Ed Itoh", "Adam", "Systemati", "Олена", "Molly", "Green", "🌻", "Stefan"})
    void an_ordinary_name_when_compared_is_let_through(String name) {
        assertFalse(LookAlikes.looksLike(name, RESERVED));
    }
}
