package dev.chatelaine.http.server;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is at a path.
 *
 * @param template the path with its variables' names
 * @param methods its methods; none where a servlet answers
 */
record Resource(String template, Map<String, Route> methods) {
    Resource {
        methods = new TreeMap<>(methods);
    }

    boolean isMount() {
        return methods.isEmpty();
    }

    /** The route of a method; {@code HEAD} is {@code GET} without the body. */
    @Nullable
    Route route(String method) {
        return methods.get(method.equals("HEAD") ? "GET" : method);
    }

    /** Who may ask for it by this method; by one that it has not, whoever may by another. */
    Route.Access access(String method) {
        Route route = route(method);
        if (route != null) {
            return route.access();
        }
        boolean closed = methods.values().stream().allMatch(other -> other.access() == Route.Access.CALLER);
        return closed ? Route.Access.CALLER : Route.Access.OPEN;
    }

    /** How errors are written, also those of methods that it has not: as one of its routes says. */
    ErrorShape errors() {
        return methods.values().stream()
                .map(Route::errors)
                .filter(shape -> shape != ErrorShape.PROBLEM)
                .findAny()
                .orElse(ErrorShape.PROBLEM);
    }

    /** Whether its path's last variable may have slashes in it. */
    boolean slashes() {
        return methods.values().stream().anyMatch(Route::slashes);
    }

    /** What stands before its path's last variable. */
    String prefix() {
        return template.substring(0, template.lastIndexOf('{'));
    }

    /** The name of its path's last variable, which ends it. */
    String lastVariable() {
        return template.substring(template.lastIndexOf('{') + 1, template.length() - 1);
    }

    /** For the header {@code Allow}. */
    String allowed() {
        String listed = String.join(", ", methods.keySet());
        return methods.containsKey("GET") ? listed + ", HEAD" : listed;
    }
}
