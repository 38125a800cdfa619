package dev.chatelaine.http.console;

import dev.chatelaine.http.json.FieldNames;
import dev.chatelaine.http.json.Input;
import dev.chatelaine.http.openid.OpenIdException;
import dev.chatelaine.http.openid.OpenIdSignIn;
import dev.chatelaine.http.openid.SignInAttempt;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.signin.ConsoleSessions;
import dev.chatelaine.vault.signin.Membership;
import dev.chatelaine.vault.signin.NewConsoleSession;
import dev.chatelaine.vault.signin.Visitor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code /console/session/openid}: signing in by the organisation's provider, begun and ended. */
final class OpenIdRoutes {
    private static final String OPENID = "/console/session/openid";

    private static final int LONGEST_CODE = 8192;

    private final Optional<OpenIdSignIn> openId;
    private final ConsoleSessions sessions;
    private final Predicate<TenantId> tenants;
    private final ConsoleCookies cookies;
    private final SessionRoutes session;

    OpenIdRoutes(
            Optional<OpenIdSignIn> openId,
            ConsoleSessions sessions,
            Predicate<TenantId> tenants,
            ConsoleCookies cookies,
            SessionRoutes session) {
        this.openId = openId;
        this.sessions = sessions;
        this.tenants = tenants;
        this.cookies = cookies;
        this.session = session;
    }

    List<Route> routes() {
        return List.of(Route.page("POST", OPENID + "/start", this::begin), Route.page("POST", OPENID, this::finish));
    }

    private Reply begin(Call call) {
        call.query(Set.of());
        OwnPath next = OwnPath.of(call.body(Set.of("next")).text("next"));
        SessionRoutes.requireOwnPage(call.visit());
        try {
            OpenIdSignIn.Begun begun = openId().begin(next.text());
            return Reply.ok(Map.of("location", begun.location().toString()))
                    .with("Set-Cookie", cookies.setSignIn(begun.attempt().cookie(), SignInAttempt.LIFE));
        } catch (OpenIdException e) {
            throw problem(e).exception();
        }
    }

    private Reply finish(Call call) {
        call.query(Set.of());
        Input input = call.body(Set.of("code", "state"));
        String code = code(input.requiredText("code"));
        String state = input.requiredText("state");
        SessionRoutes.requireOwnPage(call.visit());
        String kept = cookies.signIn(call.visit().cookies()).orElseThrow(SignInProblem.SIGN_IN_EXPIRED::exception);
        try {
            OpenIdSignIn.Finished finished = openId().finish(kept, state, code);
            SignInAttempt attempt = finished.attempt();
            NewConsoleSession begun = sessions.begin(visitor(finished), attempt.secret(), attempt.until())
                    .orElseThrow(SignInProblem.SIGN_IN_EXPIRED::exception);
            return session.signedIn(call.visit(), begun, OwnPath.of(attempt.next()))
                    .with("Set-Cookie", cookies.clearSignIn());
        } catch (OpenIdException e) {
            throw problem(e).exception();
        }
    }

    private Visitor visitor(OpenIdSignIn.Finished finished) {
        List<Membership> memberships = finished.person().tenants().stream()
                .flatMap(OpenIdRoutes::tenantId)
                .filter(tenants)
                .map(tenant -> new Membership(tenant, finished.person().roles()))
                .toList();
        if (memberships.isEmpty()) {
            throw SignInProblem.NO_TENANT.exception();
        }
        return new Visitor(finished.person().subject(), memberships);
    }

    /** What cannot be a tenant's name is none of this server's. */
    private static Stream<TenantId> tenantId(String text) {
        try {
            return Stream.of(new TenantId(text));
        } catch (VaultException e) {
            return Stream.empty();
        }
    }

    private static String code(String text) {
        if (text.isBlank() || text.length() > LONGEST_CODE) {
            throw FieldNames.refused("code", "This is the code that the provider sent along.");
        }
        return text;
    }

    private OpenIdSignIn openId() {
        return openId.orElseThrow(SignInProblem.OPENID_NOT_CONFIGURED::exception);
    }

    private static SignInProblem problem(OpenIdException e) {
        return switch (e.kind()) {
            case EXPIRED -> SignInProblem.SIGN_IN_EXPIRED;
            case REFUSED -> SignInProblem.SIGN_IN_REFUSED;
            case UNAVAILABLE -> SignInProblem.PROVIDER_UNAVAILABLE;
        };
    }
}
