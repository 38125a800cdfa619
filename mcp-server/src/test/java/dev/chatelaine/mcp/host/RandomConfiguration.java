package dev.chatelaine.mcp.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random configuration text in which the spacing, the line ends and the comments are as wild as JSON lets them. */
final class RandomConfiguration {
    private static final List<String> SCALARS = List.of(
            "1", "-2.50e+3", "true", "null", "\"a//b/*,\"", "\"\\\"\\\\\\u00e9é😀\"", "[]", "[ 1 , [\"}\"],{}]");

    private final Random random;
    private final boolean comments;
    private final String section;
    private final String eol;
    private final String unit;
    private final boolean oneLine;
    private final boolean wild;

    RandomConfiguration(Random random, boolean comments, String section) {
        this.random = random;
        this.comments = comments;
        this.section = section;
        this.eol = random.nextBoolean() ? "\n" : "\r\n";
        this.unit = List.of("  ", "    ", "\t", "").get(random.nextInt(4));
        this.oneLine = random.nextInt(4) == 0;
        this.wild = random.nextBoolean();
    }

    String text() {
        List<String> members = members(1);
        if (random.nextInt(3) > 0) {
            int at = random.nextInt(members.size() + 1);
            members.add(at, member(section, object(members(2), 1)));
        }
        return filler() + object(members, 0) + filler();
    }

    private List<String> members(int depth) {
        List<String> members = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            boolean nested = depth < 4 && random.nextInt(3) == 0;
            members.add(member("m" + i, nested ? object(members(depth + 1), depth) : scalar()));
        }
        return members;
    }

    private String scalar() {
        return SCALARS.get(random.nextInt(SCALARS.size()));
    }

    private String member(String name, String value) {
        return "\"" + name + "\"" + filler() + ":" + filler() + value;
    }

    private String object(List<String> members, int depth) {
        StringBuilder text = new StringBuilder("{").append(filler());
        for (int i = 0; i < members.size(); i++) {
            text.append(line(depth + 1)).append(members.get(i)).append(filler());
            if (i < members.size() - 1 || (comments && random.nextInt(3) == 0)) {
                text.append(",").append(filler());
            }
        }
        return text.append(members.isEmpty() ? "" : line(depth)).append("}").toString();
    }

    private String line(int depth) {
        return oneLine ? "" : eol + unit.repeat(depth);
    }

    private String filler() {
        if (!wild || random.nextInt(3) > 0) {
            return "";
        }
        List<String> fillers = new ArrayList<>(List.of(" ", "\t", "  "));
        if (!oneLine) {
            fillers.add(eol);
        }
        if (comments) {
            fillers.addAll(List.of("/**/", " /* , } \" */ ", oneLine ? "/* x */" : " // , { \"" + eol));
        }
        return fillers.get(random.nextInt(fillers.size()));
    }
}
