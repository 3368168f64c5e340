package dev.parley.testing;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.parley.standalone.DemoUsers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Somebody at the console, in a browser of their own, signed in through the real Keycloak. The first time in a run a
 * person types name and password; later browsers get the cookies that this left, as long as they are good.
 */
public final class ConsoleVisitor implements AutoCloseable {

    /** Where tests of the console serve it, and where the realm of the tests sends people back to. */
    public static final String ORIGIN = "http://localhost:" + Integer.getInteger("parley.test-port", 8081);

    private static final Map<DemoUsers, String> STATES = new ConcurrentHashMap<>();

    private final BrowserContext context;
    private final Page page;

    private ConsoleVisitor(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
    }

    /** A browser in which nobody is signed in. */
    public static ConsoleVisitor stranger() {
        return stranger(options());
    }

    /** The same with a screen, colours and the like of one's own. */
    public static ConsoleVisitor stranger(NewContextOptions options) {
        return new ConsoleVisitor(Browser.open(options));
    }

    /** A browser in which this person is signed in; its page is empty still. */
    public static ConsoleVisitor of(DemoUsers user) {
        return of(user, options());
    }

    /** The same with a screen, colours and the like of one's own. */
    public static ConsoleVisitor of(DemoUsers user, NewContextOptions options) {
        var state = STATES.get(user);
        var visitor = new ConsoleVisitor(Browser.open(options.setStorageState(state)));
        if (state == null || !visitor.isKnown()) {
            // To no page: the queue's would claim what other tests are about.
            visitor.signIn(user.username(), DemoUsers.PASSWORD, "/console/none");
            STATES.put(user, visitor.context.storageState());
        }
        return visitor;
    }

    /** As people do it: by Keycloak's form. Ends on the console's page. */
    public void signIn(String username, String password, String to) {
        page.navigate(ORIGIN + "/console/sign-in?to=" + to);
        if (!page.url().startsWith(ORIGIN + "/console")) { // Keycloak may know them still
            type(username, password);
        }
    }

    /** Fills in Keycloak's form, which the page shows, and waits for the console. */
    public void type(String username, String password) {
        page.locator("#username").fill(username);
        page.locator("#password").fill(password);
        page.keyboard().press("Enter");
        page.waitForURL(url -> url.startsWith(ORIGIN + "/console"));
    }

    /** Opens an address of the console, such as {@code /console/gazette/queue}. */
    public Page open(String path) {
        page.navigate(ORIGIN + path);
        return page;
    }

    public Page page() {
        return page;
    }

    public BrowserContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }

    private boolean isKnown() {
        return context.request().get(ORIGIN + "/api/v1/me").status() == 200;
    }

    private static NewContextOptions options() {
        return new NewContextOptions().setViewportSize(1280, 850);
    }
}
