package dev.chatelaine.http.json;

import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.problem.Problem.FieldError;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.vault.provider.KnownKeyShapes;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Tells known names of fields and parameters from others. */
public final class FieldNames {
    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z_]{0,31}");
    private static final int MOST_TOLD = 10;

    private FieldNames() {}

    /**
     * Refuses names that are not known. A name that is no plain word is not repeated: something may have strayed into
     * it.
     *
     * @throws ProblemException {@code invalid_field}, with an error for each
     */
    public static void requireKnown(Collection<String> given, Set<String> known) {
        requireKnown("", given, known);
    }

    /** The same for the fields of a part, whose path goes before the names. */
    static void requireKnown(String path, Collection<String> given, Set<String> known) {
        List<FieldError> unknown = new TreeSet<>(given)
                .stream()
                        .filter(name -> !known.contains(name))
                        .limit(MOST_TOLD)
                        .map(name -> new FieldError(path + shown(name), message(known)))
                        .toList();
        if (!unknown.isEmpty()) {
            throw new ProblemException(Problem.ofFields(unknown));
        }
    }

    /** The refusal of one field. */
    public static ProblemException refused(String field, String message) {
        return new ProblemException(Problem.ofFields(List.of(new FieldError(field, message))));
    }

    private static String shown(String name) {
        return PLAIN.matcher(name).matches() && !KnownKeyShapes.containsKey(name) ? name : "?";
    }

    private static String message(Set<String> known) {
        return known.isEmpty()
                ? "There is no such field here: none is taken."
                : "There is no such field here. Known are " + String.join(", ", new TreeSet<>(known)) + ".";
    }
}
