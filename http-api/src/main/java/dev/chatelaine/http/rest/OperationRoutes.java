package dev.chatelaine.http.rest;

import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import java.util.List;
import java.util.Map;

/** What those who run the server ask: is it alive, and can it serve. Open to everybody, and telling nothing else. */
final class OperationRoutes {
    private final Vault vault;
    private final Map<String, ?> openApi;

    OperationRoutes(Vault vault, Map<String, ?> openApi) {
        this.vault = vault;
        this.openApi = openApi;
    }

    List<Route> routes() {
        return List.of(
                Route.open("GET", "/healthz", this::alive),
                Route.open("GET", "/readyz", this::ready),
                Route.open("GET", "/openapi.json", this::openApi));
    }

    private Reply alive(Call call) {
        call.bare();
        return Reply.ok(Map.of("status", "alive"));
    }

    private Reply ready(Call call) {
        call.bare();
        try {
            vault.check();
        } catch (VaultException e) {
            throw new VaultException(ErrorCode.VAULT_UNAVAILABLE, "The vault cannot be used: {}", e.text());
        }
        return Reply.ok(Map.of("status", "ready"));
    }

    private Reply openApi(Call call) {
        call.bare();
        return Reply.ok(openApi);
    }
}
