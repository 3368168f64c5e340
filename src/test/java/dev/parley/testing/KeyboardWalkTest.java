package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The walk finds what is planted, and nothing on a page on which all is well. */
class KeyboardWalkTest {

    private static final String WELL =
            """
            <style>:focus-visible { outline: 3px solid blue } .dot:focus-visible { outline: none }
              .dot:focus-visible::-webkit-slider-thumb { outline: 3px solid blue }</style>
            <a href="#a">First</a> <input type="date" aria-label="Day"> <input class="dot" type="range">
            <label><input type="radio" name="r"> One</label> <label><input type="radio" name="r" checked> Two</label>
            <button disabled>Not now</button> <details><summary>More</summary><button>Within</button></details>
            <div id="far"></div><div id="host"></div> <p tabindex="-1">By script only</p> <a href="#b">Last</a>
            <script>document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML =
              '<style>:focus-visible { outline: 2px solid red }</style><button>In the shadow</button>';</script>
            """;

    /** What is added to the page, and what has to be said of it. */
    private static final Map<String, String> FAULTS =
            Map.of(
                    "<button tabindex=\"-1\">No way</button>",
                    "“No way” is not reached",
                    "<button tabindex=\"3\">Pushy</button>",
                    "“Pushy” is out of order: tabindex 3",
                    "<button onkeydown=\"event.key === 'Tab' && event.preventDefault()\">Trap</button>",
                    "“Trap” holds the focus",
                    "<button>Before</button><button onfocus=\"this.previousSibling.focus()\">After</button>",
                    "“After” is not reached",
                    "<button style=\"outline: none\">Plain</button>",
                    "“Plain” looks the same without the focus",
                    "<button style=\"position: fixed; left: -500px\">Far</button>",
                    "“Far” is out of view",
                    "<button style=\"padding: 0; border: 0; width: 1px; height: 1px\">Tiny</button>",
                    "“Tiny” has no size",
                    "<button style=\"position: fixed; top: 300px\">Under</button>"
                            + "<p style=\"position: fixed; top: 290px; margin: 0; background: #fff\">A bar that is long</p>",
                    "“Under” is covered by p “A bar that is long”",
                    "<div id=\"far\" style=\"height: 3000px\"></div><a href=\"#c\">Low</a>"
                            + "<p style=\"position: sticky; bottom: 0; margin: 0; height: 60%; background: #fff\">Sticky</p>",
                    "is covered by p “Sticky”");

    @Test
    void a_page_on_which_all_is_well_when_walked_through_both_ways_has_no_fault() {
        try (var context = Browser.open(new NewContextOptions().setViewportSize(600, 500))) {
            var page = context.newPage();
            page.setContent(WELL);
            var there = KeyboardWalk.through(page, "Tab");
            assertThat(there.faults()).isEmpty();
            assertThat(there.stops())
                    .extracting(stop -> stop.replaceAll(" “.*", ""))
                    .containsExactly("a", "input", "input.dot", "input", "summary", "button", "a");
            page.setContent(WELL);
            var back = KeyboardWalk.through(page, "Shift+Tab");
            assertThat(back.faults()).isEmpty();
            assertThat(back.stops()).isEqualTo(there.stops().reversed());
        }
    }

    @Test
    void a_fault_when_planted_is_found() {
        try (var context = Browser.open(new NewContextOptions().setViewportSize(600, 500))) {
            var page = context.newPage();
            FAULTS.forEach((planted, said) ->
                    assertThat(faultsOf(page, WELL + planted)).as(planted).anyMatch(fault -> fault.contains(said)));
            assertThat(faultsOf(page, "<p>Nothing to press</p>")).contains("there is nothing to reach");
        }
    }

    @Test
    void a_dialog_when_open_is_walked_through_alone() {
        try (var context = Browser.open()) {
            var page = context.newPage();
            page.setContent(WELL + "<dialog><button>Yes</button><button>No</button></dialog>");
            page.evaluate("() => document.querySelector('dialog').showModal()");
            var walk = KeyboardWalk.through(page, "Tab");
            assertThat(walk.faults()).isEmpty();
            assertThat(walk.stops()).containsExactlyInAnyOrder("button “Yes”", "button “No”");
        }
    }

    private static List<String> faultsOf(Page page, String content) {
        page.setContent(content);
        return KeyboardWalk.through(page, "Tab").faults();
    }
}
