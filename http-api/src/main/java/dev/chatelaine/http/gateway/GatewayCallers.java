package dev.chatelaine.http.gateway;

import dev.chatelaine.gateway.call.Caller;
import dev.chatelaine.gateway.call.Visitor;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.CallerRefusedException;
import dev.chatelaine.http.server.Callers;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.gatewaykey.GatewayKeys;
import java.util.List;

/** Who calls the gateway: whoever shows a gateway key, or a token as for the other routes. */
final class GatewayCallers {
    private static final String KEY = "ck_";
    private static final String CHALLENGE = "Bearer realm=\"gateway\"";

    private final GatewayKeys keys;
    private final Callers tokens;

    GatewayCallers(GatewayKeys keys, Callers tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    /**
     * The caller. Blocks.
     *
     * @throws CallerRefusedException for nobody who may call
     */
    Caller of(Call call) {
        Visitor visitor = visitor(call);
        Caller caller = visitor.identity().get();
        visitor.admission().accept(caller);
        return caller;
    }

    /**
     * Whoever calls, of whom it is found out later whose key it is that they show.
     *
     * @throws CallerRefusedException for nobody who may call, as far as that can be told without
     */
    Visitor visitor(Call call) {
        String shown = call.bearer()
                .orElseThrow(() ->
                        refused("token_missing", "Show a gateway key (ck_…) or a token as a bearer token.", CHALLENGE));
        if (!shown.startsWith(KEY)) {
            Actor actor = tokens.identify(new Callers.Credentials(
                    "Bearer " + shown, call.tenantHeader().orElse(null), Channel.GATEWAY));
            call.identified(actor);
            return Visitor.of(Caller.of(actor));
        }
        return new Visitor(shown, () -> holder(shown), caller -> {
            call.identified(caller.actor());
            requireTenant(call, caller.actor());
        });
    }

    private Caller holder(String shown) {
        return keys.authenticate(shown)
                .map(Caller::of)
                .orElseThrow(() -> refused(
                        "invalid_api_key",
                        "The gateway key is not one that works: it was never given, or was deleted, rotated, or has"
                                + " expired. Make one under Gateway keys in the console.",
                        CHALLENGE + ", error=\"invalid_token\""));
    }

    /** A key is one tenant's, and a caller who means another one is mistaken. */
    private static void requireTenant(Call call, Actor actor) {
        String meant = call.tenantHeader().orElse(null);
        if (meant != null && !meant.equals(actor.tenant().value())) {
            String detail = "The gateway key is not for the tenant that was asked for.";
            throw new CallerRefusedException(new Problem(403, "wrong_tenant", detail, List.of(), null), null);
        }
    }

    private static CallerRefusedException refused(String code, String detail, String challenge) {
        return new CallerRefusedException(new Problem(401, code, detail, List.of(), null), challenge);
    }
}
