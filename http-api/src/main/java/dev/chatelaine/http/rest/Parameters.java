package dev.chatelaine.http.rest;

import dev.chatelaine.http.json.FieldNames;
import dev.chatelaine.http.server.Call;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, all of which are known. Every reader fails with {@code invalid_field}. */
final class Parameters {
    private final Map<String, String> given;

    private Parameters(Map<String, String> given) {
        this.given = given;
    }

    /** A call that has a query of these parameters and no body. */
    static Parameters of(Call call, String... known) {
        call.body(Set.of());
        return new Parameters(call.query(Set.of(known)));
    }

    @Nullable
    String text(String name) {
        return given.get(name);
    }

    boolean flag(String name) {
        return switch (given.getOrDefault(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw FieldNames.refused(name, "This is true or false.");
        };
    }

    /** A whole number; whether it is in range, the vault says. */
    int number(String name, int usual) {
        String text = given.get(name);
        try {
            return text == null ? usual : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw FieldNames.refused(name, "This is a whole number.").causedBy(e);
        }
    }

    @Nullable
    Instant time(String name) {
        return Times.parse(name, given.get(name));
    }
}
