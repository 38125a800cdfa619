package dev.chatelaine.mcp.cli.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of a tool's structured answer, read for people.
 *
 * @param members as the tool's output schema has them
 */
public record Facts(Map<String, ? extends @Nullable Object> members) {
    /** Where a time ends that is shown to the minute. */
    private static final int MINUTES = "2026-11-22T09:30".length();

    /** A member as text; null where it is absent or null. */
    public @Nullable String text(String name) {
        Object member = members.get(name);
        return member == null ? null : Table.printable(member.toString());
    }

    /** A point in time, to the minute in UTC: {@code 2026-11-22 09:30Z}. */
    public @Nullable String time(String name) {
        String time = text(name);
        return time == null || time.length() < MINUTES
                ? time
                : time.substring(0, MINUTES).replace('T', ' ') + "Z";
    }

    /** A hint as people see it: {@code …9fQ2}. */
    public @Nullable String hint(String name) {
        String hint = text(name);
        return hint == null ? null : "…" + hint;
    }

    /** Whether a member is true. */
    public boolean is(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /** Whether a member is there and not null. */
    public boolean has(String name) {
        return members.get(name) != null;
    }

    /** An object within; one without members where it is absent or null. */
    @SuppressWarnings("unchecked") // a JSON object has text for names
    public Facts one(String name) {
        return members.get(name) instanceof Map<?, ?> map ? new Facts((Map<String, Object>) map) : new Facts(Map.of());
    }

    /** The objects of a list within. */
    @SuppressWarnings("unchecked") // a JSON object has text for names
    public List<Facts> all(String name) {
        List<Facts> all = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            list.forEach(element -> all.add(new Facts((Map<String, Object>) element)));
        }
        return all;
    }

    /** The texts of a list within. */
    public List<String> texts(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream()
                        .map(element -> Table.printable(String.valueOf(element)))
                        .toList()
                : List.of();
    }
}
