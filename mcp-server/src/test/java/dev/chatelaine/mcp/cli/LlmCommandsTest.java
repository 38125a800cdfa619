package dev.chatelaine.mcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlmCommandsTest {
    private static final String KEY = "gsk_" + "Ab3".repeat(17) + "x";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    private void does(String... arguments) {
        assertThat(shell.run(arguments)).as(shell.err()).isZero();
    }

    @Test
    void aConfigurationIsMadeChangedAndDeleted() {
        does("llm", "list");
        assertThat(shell.out()).startsWith("No LLM configurations.");
        does(
                "llm",
                "create",
                "main",
                "--provider",
                "groq",
                "--model",
                "llama-3.3",
                "--default",
                "--fallback",
                "groq/small");
        assertThat(shell.out()).contains("Made main (groq/llama-3.3), the default.", "chatelaine llm set-key main");
        does("llm", "create", "other", "--provider", "groq", "--model", "small");
        does("llm", "list");
        assertThat(shell.out()).contains("In effect where none is named: main (the default).");
        does("llm", "set-default", "other");
        does("llm", "get", "other", "--json");
        assertThat(shell.json().at("/in_effect/name").stringValue()).isEqualTo("other");
        does("llm", "update", "main", "--new-name", "chat", "--no-fallbacks");
        does("llm", "get", "chat", "--json");
        assertThat(shell.json().at("/configuration/fallbacks")).isEmpty();
        does("llm", "delete", "chat");
        assertThat(shell.run("llm", "get", "chat")).isEqualTo(1);
        assertThat(shell.run("llm", "create", "half", "--provider", "groq")).isEqualTo(2);
        assertThat(shell.err()).contains("--model");
    }

    @Test
    void aKeyIsSetRemovedAndDetached() {
        does("llm", "create", "main", "--provider", "groq", "--model", "llama-3.3");
        does("byok");
        assertThat(shell.out()).contains("groq").contains("The plan pro takes keys of your own.");
        shell.input(KEY + "\n");
        does("llm", "set-key", "main", "--json");
        assertThat(shell.json().at("/configuration/has_key").booleanValue()).isTrue();
        assertThat(shell.out()).doesNotContain(KEY);
        does("byok", "--json");
        assertThat(shell.json().at("/providers/groq").booleanValue()).isTrue();
        does("llm", "update", "main", "--provider", "mistral");
        assertThat(shell.out()).contains("Its key was removed", "chatelaine llm set-key main");
        does("llm", "remove-key", "main");
        assertThat(shell.run("llm", "set-key", "nothing")).isEqualTo(1);
        assertThat(shell.err()).contains("no LLM configuration nothing");
    }
}
