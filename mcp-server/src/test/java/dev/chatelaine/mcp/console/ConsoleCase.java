package dev.chatelaine.mcp.console;

import dev.chatelaine.vault.access.Role;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One browser for all tests of a class, one server for each test. */
public abstract class ConsoleCase {
    protected static final int WIDE = 1280;

    private static Browser started;

    @TempDir
    private Path home;

    protected ServedConsole console;
    protected Browser browser;

    @BeforeAll
    public static void startBrowser() {
        started = Browser.start();
    }

    @AfterAll
    public static void stopBrowser() {
        if (started != null) {
            started.close();
        }
    }

    @BeforeEach
    public final void serve() {
        browser = started;
        browser.shape(WIDE, 900, false);
        console = new ServedConsole(home, clock());
    }

    @AfterEach
    public final void stop() {
        console.close();
    }

    protected Clock clock() {
        return Clock.systemUTC();
    }

    /** Opens a section as somebody of that role, and waits until it is there. */
    protected final void open(String section, Role role) {
        console.signIn(browser, role);
        show(section);
    }

    protected final void show(String section) {
        browser.open(console.page(section));
        browser.awaitSection();
    }
}
