package dev.chatelaine.mcp.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.console.SmallPicture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.OutputType;

/**
 * Makes the pictures of the documentation, into the folder that {@code chatelaine.pictures} names, of the same entries at
 * the same moment each time.
 */
@EnabledIfSystemProperty(named = "chatelaine.pictures", matches = ".+")
class EntryPicturesIT extends EntryCase {
    private static final String PEM =
            "-----BEGIN EXAMPLE-----\nnot real at all\nnot real either\n-----END EXAMPLE-----";

    @Override
    protected Clock clock() {
        return Clock.fixed(Instant.parse("2026-03-02T09:30:00Z"), ZoneOffset.UTC);
    }

    @ParameterizedTest
    @CsvSource({"wide, 1280, 760, false", "wide, 1280, 760, true", "narrow, 360, 780, false", "narrow, 360, 780, true"})
    void everyStateIsPictured(String shape, int width, int height, boolean dark) throws IOException {
        signIn();
        browser.shape(width, height, dark);
        String suffix = (dark ? "dark-" : "light-") + shape;
        URI page = pageFor("provider_key_openai");
        screen().open(page);
        save("form-" + suffix);
        screen().enter("sk-example-not-a-real-key-00000000aaaa");
        save("stored-" + suffix);
        browser.open(page.toString());
        browser.awaitText(EntryScreen.OF_NO_USE);
        save("refused-" + suffix);
        screen().open(described("billing-db", "Client certificate of the billing service"))
                .drop(PEM, "billing-client.pem");
        browser.awaitText("Taken from");
        save("lines-" + suffix);
        inConflict("deploy-token", "example-value-0003");
        save("conflict-" + suffix);
    }

    private void save(String name) throws IOException {
        Path folder = Path.of(System.getProperty("chatelaine.pictures"));
        Files.createDirectories(folder);
        Path file = folder.resolve("entry-" + name + ".png");
        SmallPicture.of(browser.driver().getScreenshotAs(OutputType.BYTES)).write(file);
        assertThat(file).isNotEmptyFile();
    }
}
