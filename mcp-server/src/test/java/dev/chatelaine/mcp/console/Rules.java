package dev.chatelaine.mcp.console;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.List;
import java.util.stream.Collectors;
import org.openqa.selenium.WebDriver;

/** What axe knows of WCAG 2.2 AA and good practice. */
final class Rules {
    private static final List<String> TAGS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private Rules() {}

    /** What breaks one of them on the page that is shown, with the elements that do. */
    @SuppressWarnings("deprecation") // the other mode opens a window for frames, and a busy browser opens it late
    static List<String> brokenOn(WebDriver driver) {
        AxeRunOptions options = new AxeRunOptions();
        // Nobody reads what passes, and to describe its elements takes longer than the rules do.
        options.setResultTypes(List.of("violations"));
        AxeBuilder axe =
                new AxeBuilder().withOptions(options).setLegacyMode(true).withTags(TAGS);
        return axe.analyze(driver).getViolations().stream().map(Rules::told).toList();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream()
                        .map(node -> String.valueOf(node.getHtml()))
                        .collect(Collectors.joining(" "));
    }
}
