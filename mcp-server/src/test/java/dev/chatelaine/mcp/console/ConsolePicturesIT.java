package dev.chatelaine.mcp.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.OutputType;

/**
 * Makes the pictures of the documentation, into the folder that {@code chatelaine.pictures} names, from the same tenant
 * at the same moment each time.
 */
@EnabledIfSystemProperty(named = "chatelaine.pictures", matches = ".+")
class ConsolePicturesIT extends ConsoleCase {
    @Override
    protected Clock clock() {
        return Clock.fixed(Instant.parse("2026-03-02T09:30:00Z"), ZoneOffset.UTC);
    }

    @ParameterizedTest
    @CsvSource({"wide, 1280, 760, false", "wide, 1280, 760, true", "narrow, 360, 780, false", "narrow, 360, 780, true"})
    void everyPageIsPictured(String shape, int width, int height, boolean dark) throws IOException {
        Furnishings.put(console);
        browser.shape(width, height, dark);
        String suffix = (dark ? "dark-" : "light-") + shape;
        show("sign-in");
        save("sign-in-" + suffix);
        console.signIn(browser, Role.OWNER);
        for (String page : List.of("providers", "secrets", "configurations", "bundles", "gateway-keys", "audit")) {
            show(page);
            save(page + "-" + suffix);
        }
        show("secrets");
        browser.click("Add secret");
        browser.awaitDialogs(1);
        save("add-secret-" + suffix);
        replacing(suffix);
        following(suffix);
        making(suffix);
        browser.shape(width, 2 * height, dark);
        show("usage");
        browser.awaitText("Own keys and the pool");
        save("usage-" + suffix);
    }

    private void making(String suffix) throws IOException {
        show("gateway-keys");
        browser.click("Make a key");
        browser.awaitDialogs(1);
        browser.press("invoice-reader");
        browser.script("document.querySelector('dialog [type=submit]').click()");
        browser.awaitText("The key is shown this once.");
        browser.script(
                "document.querySelector('#gateway-key').value = 'ck_example-not-a-real-key-0000000000000000-eeee'");
        save("gateway-key-shown-" + suffix);
    }

    private void following(String suffix) throws IOException {
        show("sessions");
        new LivedIn(console).replace("github-bot", Map.of("GITHUB_TOKEN", "example-value-of-another-day"));
        browser.awaitText("New values");
        save("sessions-" + suffix);
        browser.click("Start a session");
        browser.awaitDialogs(1);
        save("start-session-" + suffix);
    }

    private void replacing(String suffix) throws IOException {
        show("bundles");
        browser.click("Replace github-bot");
        browser.awaitDialogs(1);
        paste("GITHUB_TOKEN=example-value\nGITHUB_ORG=example-org\n");
        browser.awaitText("2 values were taken from the text.");
        save("replace-bundle-" + suffix);
        browser.script("document.querySelector('dialog [type=submit]').click()");
        browser.awaitDialogs(2);
        save("replace-question-" + suffix);
    }

    private void save(String name) throws IOException {
        Path folder = Path.of(System.getProperty("chatelaine.pictures"));
        Files.createDirectories(folder);
        Path file = folder.resolve("console-" + name + ".png");
        SmallPicture.of(browser.driver().getScreenshotAs(OutputType.BYTES)).write(file);
        assertThat(file).isNotEmptyFile();
    }
}
