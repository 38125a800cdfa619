package dev.chatelaine.mcp.tool;

import dev.chatelaine.mcp.tool.ToolOutcome.Failed;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** A tool whose every failure is an outcome. */
final class GuardedTool implements ToolHandler {
    private static final int DEEPEST_CAUSE = 8;

    private final String name;
    private final Operation operation;

    GuardedTool(String name, Operation operation) {
        this.name = name;
        this.operation = operation;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ToolOutcome call(Actor actor, Map<String, Object> arguments) {
        try {
            return operation.perform(actor, arguments);
        } catch (VaultException e) {
            return Failures.of(e);
        } catch (RuntimeException e) {
            return unexpected(e);
        }
    }

    /** The message of an exception that nobody foresaw may hold anything: it is neither shown nor logged. */
    private Failed unexpected(RuntimeException e) {
        // Asked for here, because nobody who waits for a start should wait for logging that is seldom needed.
        LoggerFactory.getLogger(GuardedTool.class)
                .atError()
                .addKeyValue("tool", name)
                .addKeyValue("exceptions", classNames(e))
                .log("A tool call failed unexpectedly");
        return Failures.of(new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "The vault could not do this, for a reason that was not foreseen. Look with get or list whether"
                                + " anything was changed, then try again.")
                .withNext("chatelaine doctor"));
    }

    private static String classNames(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .map(cause -> cause.getClass().getName())
                .collect(Collectors.joining(" < "));
    }
}
