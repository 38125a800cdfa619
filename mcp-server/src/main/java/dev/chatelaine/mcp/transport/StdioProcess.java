package dev.chatelaine.mcp.transport;

import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.InvalidCatalogException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Hooks;

/** This process as an MCP server on its standard input and output. */
public final class StdioProcess {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private StdioProcess() {}

    /**
     * Serves until the end of input. Whatever else in this JVM prints to {@code System.out} from now on goes to
     * standard error: standard output holds nothing but messages.
     *
     * @return the exit code: 0 at the end of input, 2 when a setting is wrong, which is told on standard error
     */
    public static int serve(Settings settings) {
        InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        System.setIn(InputStream.nullInputStream());
        keepContentOutOfLogs();
        StdioServer server;
        try {
            server = new StdioServer(
                    settings, in, out, () -> Runtime.getRuntime().exit(FAILED));
        } catch (VaultException e) {
            return wrong(e.field() == null ? e.text() : e.field() + ": " + e.text());
        } catch (InvalidCatalogException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
        server.run();
        return DONE;
    }

    /** An exception's message may quote what was sent; its class does not. */
    private static void keepContentOutOfLogs() {
        Logger log = LoggerFactory.getLogger(StdioProcess.class);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, error) -> log.error("stopped by {}", error.getClass().getName()));
        Hooks.onErrorDropped(error -> log.warn("dropped {}", error.getClass().getName()));
    }

    private static int wrong(String message) {
        System.err.println("chatelaine: " + message);
        return WRONG_USAGE;
    }
}
