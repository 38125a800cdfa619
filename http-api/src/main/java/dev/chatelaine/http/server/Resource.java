package dev.chatelaine.http.server;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is at a path.
 *
 * @param template the path with its variables' names
 * @param open whether anybody may ask for it
 * @param methods its methods; none where a servlet answers
 */
record Resource(String template, boolean open, Map<String, Route> methods) {
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

    /** For the header {@code Allow}. */
    String allowed() {
        String listed = String.join(", ", methods.keySet());
        return methods.containsKey("GET") ? listed + ", HEAD" : listed;
    }
}
