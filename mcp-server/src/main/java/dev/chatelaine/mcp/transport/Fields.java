package dev.chatelaine.mcp.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object, each asked for by its type. What is absent and what is null is the same: null. */
final class Fields {
    private final Map<?, ?> members;

    Fields(Map<?, ?> members) {
        this.members = members;
    }

    /** The members of what should be an object. */
    static Fields of(@Nullable Object value) throws UnusualException {
        if (value instanceof Map<?, ?> map) {
            return new Fields(map);
        }
        throw new UnusualException();
    }

    @Nullable
    String string(String name) throws UnusualException {
        return typed(name, String.class);
    }

    @Nullable
    Boolean bool(String name) throws UnusualException {
        return typed(name, Boolean.class);
    }

    @Nullable
    Fields object(String name) throws UnusualException {
        Object value = members.get(name);
        return value == null ? null : of(value);
    }

    @SuppressWarnings("unchecked") // every map here was read from JSON, where names are strings
    @Nullable
    Map<String, Object> map(String name) throws UnusualException {
        return typed(name, Map.class);
    }

    @Nullable
    List<?> list(String name) throws UnusualException {
        return typed(name, List.class);
    }

    @Nullable
    List<String> strings(String name) throws UnusualException {
        List<?> list = list(name);
        if (list == null) {
            return null;
        }
        List<String> strings = new ArrayList<>();
        for (Object element : list) {
            if (!(element instanceof String text)) {
                throw new UnusualException();
            }
            strings.add(text);
        }
        return strings;
    }

    private <T> @Nullable T typed(String name, Class<T> type) throws UnusualException {
        Object value = members.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new UnusualException();
        }
        return type.cast(value);
    }
}
