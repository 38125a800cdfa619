package dev.chatelaine.http.rest;

import dev.chatelaine.http.entry.EntryRoutes;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.entry.EntryPage;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.entry.OpenedTicket;
import dev.chatelaine.vault.secret.SecretName;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** {@code /api/secrets/{name}/entry}: a page on which the caller's person enters the value. */
final class EntryRequestRoutes {
    private static final Pattern ID = Pattern.compile("sec_[0-9a-z]{26}");

    private final Vault vault;
    private final Supplier<URI> publicUrl;

    EntryRequestRoutes(Vault vault, Supplier<URI> publicUrl) {
        this.vault = vault;
        this.publicUrl = publicUrl;
    }

    List<Route> routes() {
        return List.of(new Route("POST", "/api/secrets/{name}/entry", this::open));
    }

    private Reply open(Call call) {
        call.bare();
        SecretName name = SecretName.of(call.path("name"));
        OpenedTicket opened = opened(call.actor(), name);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("url", publicUrl.get() + EntryRoutes.path(opened.secret()));
        view.put("expires_at", Times.text(opened.ticket().expiresAt()));
        return Reply.created(view);
    }

    /** For the secret's next version, or for a new one where nobody has the name: an id names what is there. */
    private OpenedTicket opened(Actor actor, SecretName name) {
        try {
            return vault.entryTickets().open(actor, EntryPage.CONSOLE, EntryRequest.update(name));
        } catch (VaultException e) {
            if (e.code() != ErrorCode.SECRET_NOT_FOUND
                    || ID.matcher(name.value()).matches()) {
                throw e;
            }
            return vault.entryTickets().open(actor, EntryPage.CONSOLE, EntryRequest.create(name, null, null));
        }
    }
}
