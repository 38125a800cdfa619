package dev.chatelaine.mcp.console;

import java.util.List;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebElement;

/** What can be clicked, sifted by the page itself: to ask the driver about each control of a page takes a second and more. */
final class Controls {
    private static final String SIFT = """
            const plain = text => text.replace(/\\s/g, '').toLowerCase();
            const labels = one => (one.getAttribute('aria-labelledby') || '').split(' ')
                .map(id => document.getElementById(id)?.textContent);
            const words = one => [one.textContent, one.getAttribute('aria-label'), one.title, ...labels(one)].join('');
            return [...document.querySelectorAll('button, a, label, summary')]
                .filter(one => plain(words(one)).includes(plain(arguments[0])));
            """;

    private Controls() {}

    /** Those in whose text or label these words stand, however they are set and whether they are seen or not. */
    static List<WebElement> thatMaySay(String words, JavascriptExecutor page) {
        Object found = page.executeScript(SIFT, words);
        return found instanceof List<?> list
                ? list.stream().map(WebElement.class::cast).toList()
                : List.of();
    }
}
