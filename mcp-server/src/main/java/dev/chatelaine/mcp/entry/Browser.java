package dev.chatelaine.mcp.entry;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The person's own browser, asked by the command that their desktop has for it. */
public final class Browser implements Consumer<URI> {
    private static final Logger LOG = LoggerFactory.getLogger(Browser.class);

    private final List<String> command;

    private Browser(List<String> command) {
        this.command = command;
    }

    /** The browser of this desktop. */
    public static Browser ofDesktop() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("win")) {
            return new Browser(List.of("rundll32", "url.dll,FileProtocolHandler"));
        }
        return new Browser(List.of(system.contains("mac") ? "open" : "xdg-open"));
    }

    /** Shows a page. A desktop that cannot is no failure: the person has the link too. */
    @Override
    public void accept(URI page) {
        List<String> whole = new java.util.ArrayList<>(command);
        whole.add(page.toString());
        try {
            new ProcessBuilder(whole)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .getOutputStream()
                    .close();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("command", command.get(0)).log("the browser could not be opened");
        }
    }
}
