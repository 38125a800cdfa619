package dev.chatelaine.http.rest;

import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.llm.LlmConfiguration;
import java.util.List;
import java.util.Set;

/** {@code /api/v1/llm-configs/{name}/key}. */
final class ConfigurationKeyRoutes {
    private static final String KEY = ConfigurationRoutes.ONE + "/key";

    private final Vault vault;

    ConfigurationKeyRoutes(Vault vault) {
        this.vault = vault;
    }

    List<Route> routes() {
        return List.of(new Route("PUT", KEY, this::set), new Route("DELETE", KEY, this::remove));
    }

    private Reply set(Call call) {
        call.query(Set.of());
        String given = call.body(Set.of("api_key")).text("api_key");
        if (given == null) {
            throw new VaultException(ErrorCode.VALUE_REQUIRED, "The key is missing. Give it as api_key.")
                    .withField("api_key");
        }
        return reply(vault.llmKeys().set(call.actor(), ConfigurationRoutes.name(call), value(given), call.expected()));
    }

    private Reply remove(Call call) {
        call.bare();
        return reply(vault.llmKeys().remove(call.actor(), ConfigurationRoutes.name(call), call.expected()));
    }

    private static SecretValue value(String given) {
        try {
            return SecretValue.of(given);
        } catch (VaultException e) {
            throw e.withField("api_key");
        }
    }

    private static Reply reply(LlmConfiguration configuration) {
        return Reply.ok(ConfigurationViews.key(configuration), configuration.revision());
    }
}
