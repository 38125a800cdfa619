package dev.chatelaine.mcp.host;

import org.jspecify.annotations.Nullable;

/**
 * A member of an object and where it stands in the text.
 *
 * @param name the name with its escapes resolved
 * @param nameStart where the name's opening quote stands
 * @param valueStart where the value's first character stands
 * @param valueEnd the place after the value's last character
 * @param object the value when it is an object
 */
record JsoncMember(
        String name,
        int nameStart,
        int valueStart,
        int valueEnd,
        @Nullable JsoncObject object) {}
