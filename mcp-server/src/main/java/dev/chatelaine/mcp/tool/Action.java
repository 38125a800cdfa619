package dev.chatelaine.mcp.tool;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One of the things that a call can ask of a tool. The constants agree with the tools' schemas, as a test proves. */
interface Action {
    /** The argument that says which action it is. */
    String FIELD = "action";

    /** The constant's name. */
    String name();

    /** Whether it changes the vault. */
    boolean mutating();

    /** The arguments that it takes, {@code action} apart, in the order in which they are told. */
    List<String> properties();

    /** The action's name on the wire: {@code set_key}. */
    default String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The action that a call asks for.
     *
     * @throws VaultException {@code invalid_action}, {@code read_only}
     */
    static <A extends Action> A requested(List<A> all, boolean readOnly, Map<String, Object> given) {
        Object label = given.get(FIELD);
        A action = all.stream()
                .filter(known -> known.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new VaultException(
                                ErrorCode.INVALID_ACTION, "Set action to one of: {}.", labels(all, readOnly))
                        .withField(FIELD));
        if (readOnly && action.mutating()) {
            throw new VaultException(
                            ErrorCode.READ_ONLY,
                            "This server is read-only: {} is not done here, and nothing was changed. It does: {}. For"
                                    + " anything else the person uses the vault directly.",
                            action.label(),
                            labels(all, true))
                    .withField(FIELD);
        }
        return action;
    }

    private static String labels(List<? extends Action> all, boolean readOnly) {
        return all.stream()
                .filter(action -> !(readOnly && action.mutating()))
                .map(Action::label)
                .collect(Collectors.joining(", "));
    }
}
