package dev.chatelaine.mcp;

import java.util.Properties;

/**
 * What libraries log is not to be set from outside: the SDK prints whole messages and the HTTP server whole headers,
 * tokens included. Their levels are those of {@code simplelogger.properties}; this program's own can be set.
 */
final class QuietLibraries {
    private static final String SETTINGS = "org.slf4j.simpleLogger.";
    private static final String OWN = SETTINGS + "log.dev.chatelaine";

    private QuietLibraries() {}

    /** Forgets settings that would let libraries log more. To be called before the first logger is made. */
    static void keep(Properties system) {
        for (String name : system.stringPropertyNames()) {
            if (isLibrarys(name)) {
                system.remove(name);
            }
        }
    }

    private static boolean isLibrarys(String name) {
        boolean level = name.startsWith(SETTINGS + "log.") || name.equals(SETTINGS + "defaultLogLevel");
        return level && !name.equals(OWN) && !name.startsWith(OWN + ".");
    }
}
