package dev.chatelaine.mcp.entry;

import dev.chatelaine.mcp.console.Browser;
import java.net.URI;
import java.nio.file.Path;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The entry page, as the person in front of it has it. */
final class EntryScreen {
    static final String STORED = "Stored. You can close this page.";
    static final String OF_NO_USE = "This link cannot be used";
    static final String SILENT = "Chatelaine does not answer";

    private final Browser browser;

    EntryScreen(Browser browser) {
        this.browser = browser;
    }

    /** Opens the page and waits until one can type. */
    EntryScreen open(URI page) {
        browser.open(page.toString());
        return awaitForm();
    }

    EntryScreen awaitForm() {
        browser.await(any ->
                !browser.driver().findElements(By.cssSelector(".value-field")).isEmpty());
        return this;
    }

    /** Types where the focus is, which is the field for the value. */
    EntryScreen type(CharSequence... keys) {
        browser.press(keys);
        return this;
    }

    void store() {
        browser.script("document.getElementById('store').click()");
    }

    void enter(String value) {
        type(value, Keys.ENTER);
        browser.awaitText(STORED);
    }

    void paste(String text) {
        browser.script(
                "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);"
                        + "document.activeElement.dispatchEvent(new ClipboardEvent('paste',"
                        + " {clipboardData: data, bubbles: true, cancelable: true}))",
                text);
    }

    void drop(String text, String file) {
        browser.script(
                "const data = new DataTransfer(); data.items.add(new File([arguments[0]], arguments[1]));"
                        + "document.activeElement.dispatchEvent(new DragEvent('drop',"
                        + " {dataTransfer: data, bubbles: true, cancelable: true}))",
                text,
                file);
    }

    void choose(Path file) {
        browser.driver().findElement(By.cssSelector("input[type=file]")).sendKeys(file.toString());
    }

    /** What the field has now. */
    String value() {
        WebElement field = browser.driver().findElement(By.id("value"));
        return String.valueOf(field.getDomProperty("value"));
    }

    /** All that the page keeps: its document with what fields hold, its storage, its history. */
    String kept() {
        return String.valueOf(browser.script("return [document.documentElement.outerHTML,"
                + " ...[...document.querySelectorAll('input, textarea')].map(field => field.value),"
                + " JSON.stringify(localStorage), JSON.stringify(sessionStorage), location.href,"
                + " JSON.stringify(history.state)].join('\\n')"));
    }
}
