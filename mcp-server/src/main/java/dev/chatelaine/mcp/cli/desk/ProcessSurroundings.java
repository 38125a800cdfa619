package dev.chatelaine.mcp.cli.desk;

import java.io.BufferedInputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The surroundings of this very process. */
public final class ProcessSurroundings {
    private ProcessSurroundings() {}

    /** Reads them as they are now. */
    @SuppressWarnings("SystemConsoleNull") // jdk.console makes it null without a terminal in every release
    public static Surroundings read() {
        // From JDK 22 on there may be a console without a terminal; this one is there with a terminal only.
        System.setProperty("jdk.console", "java.base");
        Console console = System.console();
        return new Surroundings(
                System.getenv(),
                properties(System.getProperties()),
                // A FileInputStream's own readNBytes asks for a position, which pipes do not have (Java 17).
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                console == null ? null : new ConsolePrompt(console),
                () -> console == null && inputIsTerminal(),
                Clock.systemUTC(),
                new SecureRandom());
    }

    /** Asks the operating system; where it has no {@code test} the answer is no. */
    private static boolean inputIsTerminal() {
        try {
            return new ProcessBuilder("test", "-t", "0")
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Map<String, String> properties(Properties system) {
        Map<String, String> properties = new HashMap<>();
        system.stringPropertyNames().forEach(name -> properties.put(name, system.getProperty(name)));
        return properties;
    }
}
