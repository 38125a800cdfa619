package dev.chatelaine.mcp.tool;

import dev.chatelaine.vault.access.Actor;
import java.util.Map;

/** What a tool does, with its refusals as {@link dev.chatelaine.vault.VaultException}. */
@FunctionalInterface
interface Operation {
    ToolOutcome perform(Actor actor, Map<String, Object> arguments);
}
