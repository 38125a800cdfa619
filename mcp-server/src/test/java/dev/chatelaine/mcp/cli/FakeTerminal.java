package dev.chatelaine.mcp.cli;

import dev.chatelaine.mcp.cli.desk.HiddenPrompt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A terminal at which somebody types these lines; an answer with line breaks is a paste of several lines. */
final class FakeTerminal implements HiddenPrompt {
    final List<String> questions = new ArrayList<>();
    private final Deque<String> lines = new ArrayDeque<>();
    private boolean more;

    FakeTerminal(String... lines) {
        this.lines.addAll(List.of(lines));
    }

    @Override
    public char @Nullable [] ask(String question) {
        questions.add(question);
        String typed = lines.poll();
        more = typed != null && typed.contains("\n");
        return typed == null ? null : typed.split("\n", 2)[0].toCharArray();
    }

    @Override
    public boolean discardRest() {
        return more;
    }
}
