package dev.chatelaine.mcp.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What went over the wire since it was made, except what the page sent: that has the values in it. */
final class Traffic {
    private static final JsonMapper JSON = new JsonMapper();

    private final Browser browser;

    Traffic(Browser browser) {
        this.browser = browser;
        events();
    }

    /** Addresses, headers of answers, and answers. */
    List<String> addressesAndAnswers() {
        List<String> seen = new ArrayList<>();
        for (JsonNode event : events()) {
            JsonNode parameters = event.path("params");
            switch (event.path("method").asString("")) {
                case "Network.requestWillBeSent" ->
                    seen.add(parameters.path("request").path("url").asString(""));
                case "Network.responseReceived" ->
                    seen.add(parameters.path("response")
                            + body(parameters.path("requestId").asString("")));
                default -> {}
            }
        }
        return seen;
    }

    private List<JsonNode> events() {
        return browser.driver().manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .map(text -> JSON.readTree(text).path("message"))
                .toList();
    }

    private String body(String request) {
        try {
            return String.valueOf(browser.driver()
                    .executeCdpCommand("Network.getResponseBody", Map.of("requestId", request))
                    .get("body"));
        } catch (WebDriverException e) {
            return ""; // the browser keeps no body of an answer that has none
        }
    }
}
