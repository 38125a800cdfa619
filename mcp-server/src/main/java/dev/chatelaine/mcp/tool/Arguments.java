package dev.chatelaine.mcp.tool;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A call's arguments by their types. An argument that is null counts as absent. Every refusal is {@code invalid_field}
 * and shows no argument's content, not even the name of an unknown one unless it looks like a field's.
 */
final class Arguments {
    /** A value that a caller took for a name has digits, capitals or signs. */
    private static final Pattern HARMLESS_NAME = Pattern.compile("[a-z_]{1,40}");

    private final Map<String, Object> given;

    private Arguments(Map<String, Object> given) {
        this.given = given;
    }

    /**
     * The arguments of a call to an action.
     *
     * @throws VaultException {@code invalid_field} when there is one that the action does not take
     */
    static Arguments of(Map<String, Object> given, Action action) {
        refuseUnknown(given, action.properties(), Action.FIELD);
        return new Arguments(given);
    }

    /** Refuses any argument, for a tool that takes none. */
    static void refuseAny(Map<String, Object> given) {
        refuseUnknown(given, List.of(), null);
    }

    boolean has(String field) {
        return given.get(field) != null;
    }

    @Nullable
    String text(String field) {
        Object value = given.get(field);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new VaultException(ErrorCode.INVALID_FIELD, "{} must be a text.", field).withField(field);
    }

    String requiredText(String field) {
        String text = text(field);
        if (text == null) {
            throw missing(field);
        }
        return text;
    }

    /** False where it is absent. */
    boolean flag(String field) {
        Object value = given.get(field);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new VaultException(ErrorCode.INVALID_FIELD, "{} must be true or false.", field).withField(field);
    }

    /** A whole number of at least 1, however the parser wrote it: 3, 3.0 and 3e0 are the same number in JSON. */
    @Nullable
    Long positive(String field) {
        Object value = given.get(field);
        if (value == null) {
            return null;
        }
        try {
            if (value instanceof Number number) {
                long whole = new BigDecimal(number.toString()).longValueExact();
                if (whole >= 1) {
                    return whole;
                }
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw notPositive(field);
        }
        throw notPositive(field);
    }

    long requiredPositive(String field) {
        Long number = positive(field);
        if (number == null) {
            throw missing(field);
        }
        return number;
    }

    @Nullable
    List<String> texts(String field) {
        Object value = given.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new VaultException(ErrorCode.INVALID_FIELD, "{} must be a list of texts.", field).withField(field);
    }

    private static void refuseUnknown(Map<String, Object> given, List<String> permitted, @Nullable String also) {
        for (Map.Entry<String, Object> argument : given.entrySet()) {
            String field = argument.getKey();
            if (argument.getValue() != null && !permitted.contains(field) && !field.equals(also)) {
                throw unknown(field, permitted);
            }
        }
    }

    private static VaultException unknown(String field, List<String> permitted) {
        String taken = permitted.isEmpty() ? "none" : String.join(", ", permitted);
        return HARMLESS_NAME.matcher(field).matches()
                ? new VaultException(
                                ErrorCode.INVALID_FIELD,
                                "There is no argument {} here. Leave it out; the arguments are: {}.",
                                field,
                                taken)
                        .withField(field)
                : new VaultException(
                        ErrorCode.INVALID_FIELD,
                        "An argument is unknown here. Leave it out; the arguments are: {}.",
                        taken);
    }

    private static VaultException missing(String field) {
        return new VaultException(ErrorCode.INVALID_FIELD, "{} is missing. Call again with it.", field)
                .withField(field);
    }

    private static VaultException notPositive(String field) {
        return new VaultException(ErrorCode.INVALID_FIELD, "{} must be a whole number of at least 1.", field)
                .withField(field);
    }

    /** The same for every call: arguments may hold a value. */
    @Override
    public String toString() {
        return "Arguments[redacted]";
    }
}
