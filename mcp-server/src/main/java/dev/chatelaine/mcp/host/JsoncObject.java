package dev.chatelaine.mcp.host;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An object and where it stands in the text.
 *
 * @param start where the opening brace stands
 * @param end the place after the closing brace
 * @param members the members in the order of the text; a name can stand there twice
 */
record JsoncObject(int start, int end, List<JsoncMember> members) {
    JsoncObject {
        members = List.copyOf(members);
    }

    Optional<JsoncMember> member(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /** The first name that stands here for the second time: which of the two counts is left to each reader of JSON. */
    Optional<String> repeatedName() {
        Set<String> seen = new HashSet<>();
        return members.stream()
                .map(JsoncMember::name)
                .filter(name -> !seen.add(name))
                .findFirst();
    }

    /** Where the space before the closing brace begins: after the last value, or after the opening brace. */
    int tailStart() {
        return members.isEmpty() ? start + 1 : members.get(members.size() - 1).valueEnd();
    }

    /** Where the closing brace stands. */
    int close() {
        return end - 1;
    }
}
