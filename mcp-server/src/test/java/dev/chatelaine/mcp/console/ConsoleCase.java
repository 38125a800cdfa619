package dev.chatelaine.mcp.console;

import dev.chatelaine.vault.access.Role;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

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

    /** All that the page keeps: its document with what fields hold, its storage, its history. */
    protected final String kept() {
        return String.valueOf(browser.script("return [document.documentElement.outerHTML,"
                + " ...[...document.querySelectorAll('input, textarea')].map(field => field.value),"
                + " JSON.stringify(localStorage), JSON.stringify(sessionStorage), location.href,"
                + " JSON.stringify(history.state)].join('\\n')"));
    }

    /** Pastes a text into what has focus. */
    protected final void paste(String text) {
        browser.script(
                "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);"
                        + "document.activeElement.dispatchEvent(new ClipboardEvent('paste',"
                        + " {clipboardData: data, bubbles: true, cancelable: true}))",
                text);
    }

    /** What is wrong with the fields of a form, as it is shown. */
    protected final List<String> errors() {
        return browser.driver().findElements(By.cssSelector("dialog .error")).stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getText)
                .toList();
    }

    /** The text of the uppermost dialog. */
    protected final String dialog() {
        return browser.driver()
                .findElement(By.cssSelector("dialog:last-of-type"))
                .getText();
    }
}
