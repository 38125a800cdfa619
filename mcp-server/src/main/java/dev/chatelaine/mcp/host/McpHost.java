package dev.chatelaine.mcp.host;

import java.util.Arrays;
import java.util.Optional;

/** The MCP hosts whose configuration Chatelaine can be added to, and what is particular to each one's file. */
public enum McpHost {
    CLAUDE_DESKTOP("claude-desktop", "Claude Desktop", "mcpServers", Syntax.JSON, false, "", "Restart Claude Desktop."),
    CLAUDE_CODE(
            "claude-code",
            "Claude Code",
            "mcpServers",
            Syntax.JSON,
            true,
            "${%1$s}",
            "Start a new Claude Code session; /mcp lists its servers."),
    CURSOR("cursor", "Cursor", "mcpServers", Syntax.JSON_WITH_COMMENTS, false, "${env:%1$s}", "Restart Cursor."),
    VS_CODE(
            "vscode",
            "VS Code",
            "servers",
            Syntax.JSON_WITH_COMMENTS,
            true,
            "${input:%2$s}",
            "Run \"MCP: List Servers\" in VS Code and start chatelaine.");

    /** What the host itself accepts in its file. */
    enum Syntax {
        JSON,
        /** With comments and trailing commas. */
        JSON_WITH_COMMENTS
    }

    private final String id;
    private final String displayName;
    private final String section;
    private final Syntax syntax;
    private final boolean namesTransport;
    private final String tokenReference;
    private final String nextStep;

    McpHost(
            String id,
            String displayName,
            String section,
            Syntax syntax,
            boolean namesTransport,
            String tokenReference,
            String nextStep) {
        this.id = id;
        this.displayName = displayName;
        this.section = section;
        this.syntax = syntax;
        this.namesTransport = namesTransport;
        this.tokenReference = tokenReference;
        this.nextStep = nextStep;
    }

    /** The host with this {@link #id()}, if there is one. */
    public static Optional<McpHost> of(String id) {
        return Arrays.stream(values()).filter(host -> host.id.equals(id)).findFirst();
    }

    /** The name typed on the command line, such as {@code claude-desktop}. */
    public String id() {
        return id;
    }

    /** The name a person knows, such as {@code Claude Desktop}. */
    public String displayName() {
        return displayName;
    }

    /** What the person does after the file was changed: one sentence. */
    public String nextStep() {
        return nextStep;
    }

    /** The member of the file's top object that holds the servers. */
    String section() {
        return section;
    }

    Syntax syntax() {
        return syntax;
    }

    /**
     * How the file refers to a token that does not stand in it: by an environment variable, or by what the host asks
     * the person for. Nothing where the host takes no address from its file.
     */
    Optional<String> tokenReference(String variable, String input) {
        return tokenReference.isEmpty() ? Optional.empty() : Optional.of(tokenReference.formatted(variable, input));
    }

    /** Whether the file lists, beside its servers, what the host is to ask the person for. */
    boolean asksForInputs() {
        return tokenReference.contains("input:");
    }

    /** Whether an entry says its transport in a {@code type} member. */
    boolean namesTransport() {
        return namesTransport;
    }
}
