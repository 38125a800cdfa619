package dev.chatelaine.mcp.tool;

import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import java.util.Map;
import java.util.function.Supplier;

/** {@code list_byok_providers}. */
final class ListByokProviders implements Operation {
    private final Supplier<Vault> vault;

    ListByokProviders(Supplier<Vault> vault) {
        this.vault = vault;
    }

    @Override
    public ToolOutcome perform(Actor actor, Map<String, Object> given) {
        Arguments.refuseAny(given);
        return ByokAnswers.of(vault.get().byok().overview(actor));
    }
}
