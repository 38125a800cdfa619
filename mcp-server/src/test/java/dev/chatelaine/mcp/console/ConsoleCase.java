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
abstract class ConsoleCase {
    static final int WIDE = 1280;

    private static Browser started;

    @TempDir
    private Path home;

    ServedConsole console;
    Browser browser;

    @BeforeAll
    static void startBrowser() {
        started = Browser.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (started != null) {
            started.close();
        }
    }

    @BeforeEach
    final void serve() {
        browser = started;
        browser.shape(WIDE, 900, false);
        console = new ServedConsole(home, clock());
    }

    @AfterEach
    final void stop() {
        console.close();
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    /** Opens a section as somebody of that role, and waits until it is there. */
    final void open(String section, Role role) {
        console.signIn(browser, role);
        show(section);
    }

    final void show(String section) {
        browser.open(console.page(section));
        browser.awaitSection();
    }
}
