package dev.chatelaine.http.server;

import dev.chatelaine.vault.VaultException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.util.context.Context;

/**
 * Logs what should not have happened: the class of the exception and where, and of the vault's exceptions, whose
 * messages are constants, the message. Others' messages may quote what a caller sent and are left out.
 */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger("dev.chatelaine.http.failure");
    private static final int FRAMES = 12;

    /** Where Reactor looks for what to do with an error that comes when nobody listens any more, before it logs it. */
    private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

    void log(String requestId, Throwable failure) {
        LOG.atError()
                .addKeyValue("request_id", requestId)
                .addKeyValue("error", failure.getClass().getName())
                .addKeyValue("message", failure instanceof VaultException known ? known.text() : "")
                .addKeyValue(
                        "at",
                        Arrays.stream(failure.getStackTrace())
                                .limit(FRAMES)
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining(" < ")))
                .log("request failed");
    }

    /** For a subscriber: what fails when nobody listens any more is logged like everything else, without its message. */
    Context ofDropped(String requestId) {
        Consumer<Throwable> dropped = failure -> log(requestId, failure);
        return Context.of(ON_ERROR_DROPPED, dropped);
    }
}
