package dev.chatelaine.mcp.tool;

import dev.chatelaine.vault.Vault;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The three tools over a vault that is opened by the first call that needs it. Safe for several threads. */
public final class Tools {
    private final List<ToolHandler> all;

    /**
     * The tools of a vault.
     *
     * @param vault asked by each call that passed its checks, and not before
     * @param readOnly whether every action that changes something is refused
     * @param inlineDenied whether a value in a call is refused
     */
    public Tools(Supplier<Vault> vault, boolean readOnly, boolean inlineDenied) {
        this.all = List.of(
                new GuardedTool("configure_llm", new ConfigureLlm(vault, readOnly, inlineDenied)),
                new GuardedTool("list_byok_providers", new ListByokProviders(vault)),
                new GuardedTool("manage_secrets", new ManageSecrets(vault, readOnly, inlineDenied)));
    }

    /** All tools, sorted by name. */
    public List<ToolHandler> all() {
        return all;
    }

    /** The tool of that name, or nothing. */
    public Optional<ToolHandler> find(String name) {
        return all.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }
}
