package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is looked for on every page as it is shown now: what axe knows to be wrong, and what does not fit the screen.
 */
public final class Inspection {

    /** A page on which fewer of axe's rules had something to pass was not there yet. */
    private static final int PASSES = 15;

    private Inspection() {}

    /** Fails if axe finds something, or something is wider than the screen. */
    public static void passes(Page page, String what) {
        assertThat(faults(page)).as("%s at %s", what, page.url()).isEmpty();
    }

    /** Fails if axe, which may be told to leave something out, finds something. */
    public static void passes(AxeBuilder axe, String what) {
        assertThat(found(axe)).as(what).isEmpty();
    }

    /** Fails if something is wider than the screen. */
    public static void fits(Page page) {
        assertThat(tooWide(page)).as(page.url()).isEmpty();
    }

    /** What {@link #passes} would fail for, in words. */
    public static List<String> faults(Page page) {
        // A page without frames needs no other page to put together what was found in each.
        var axe = new AxeBuilder(page).setLegacyMode(page.frames().size() == 1);
        // Of what passes one place each is told: to tell all of them takes long.
        var options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        axe.options(options);
        return Stream.concat(found(axe).stream(), tooWide(page).stream()).toList();
    }

    private static List<String> found(AxeBuilder axe) {
        var results = axe.analyze();
        assertThat(results.getPasses()).hasSizeGreaterThan(PASSES);
        return results.getViolations().stream()
                .map(rule ->
                        rule.getId()
                                + " "
                                + rule.getNodes().stream().map(node -> node.getTarget() + node.getHtml()).toList())
                .toList();
    }

    private static List<String> tooWide(Page page) {
        int more = (Integer) page.evaluate("() => document.documentElement.scrollWidth - innerWidth");
        return more > 0 ? List.of(more + " pixels wider than the screen") : List.of();
    }
}
