package dev.chatelaine.http.console;

import dev.chatelaine.http.json.FieldNames;
import dev.chatelaine.http.json.Input;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.http.server.Visit;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.signin.ConsoleLinks;
import dev.chatelaine.vault.signin.ConsoleSession;
import dev.chatelaine.vault.signin.ConsoleSessions;
import dev.chatelaine.vault.signin.NewConsoleSession;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /console/session}: who is signed in, signing in by a link, going to another tenant, signing out. */
final class SessionRoutes {
    private static final String SESSION = "/console/session";

    private final ConsoleLinks links;
    private final ConsoleSessions sessions;
    private final ConsoleCookies cookies;
    private final SessionView view;

    SessionRoutes(ConsoleLinks links, ConsoleSessions sessions, ConsoleCookies cookies, SessionView view) {
        this.links = links;
        this.sessions = sessions;
        this.cookies = cookies;
        this.view = view;
    }

    List<Route> routes() {
        return List.of(
                Route.page("GET", SESSION, this::show),
                Route.page("DELETE", SESSION, this::end),
                Route.page("POST", SESSION + "/tenant", this::enter),
                Route.page("POST", SESSION + "/link", this::useLink),
                Route.open("GET", SESSION + "/options", this::options));
    }

    private Reply show(Call call) {
        call.bare();
        return Reply.ok(view.of(sessions.find(cookie(call)).orElseThrow(SignInProblem.SESSION_EXPIRED::exception)));
    }

    private Reply end(Call call) {
        call.bare();
        requireOwnPage(call.visit());
        cookies.session(call.visit().cookies()).ifPresent(sessions::end);
        return Reply.ok(Map.of("status", "signed_out")).with("Set-Cookie", cookies.clearSession());
    }

    private Reply enter(Call call) {
        call.query(Set.of());
        String tenant = call.body(Set.of("tenant")).requiredText("tenant");
        requireOwnPage(call.visit());
        String cookie = cookie(call);
        if (call.visit().caller().isEmpty()) {
            throw SignInProblem.SESSION_EXPIRED.exception();
        }
        return Reply.ok(
                view.of(sessions.enter(cookie, tenantId(tenant)).orElseThrow(SignInProblem.WRONG_TENANT::exception)));
    }

    private Reply useLink(Call call) {
        call.query(Set.of());
        Input input = call.body(Set.of("link", "next"));
        OwnPath next = OwnPath.of(input.text("next"));
        String link = input.requiredText("link");
        requireOwnPage(call.visit());
        return signedIn(call.visit(), links.use(link).orElseThrow(SignInProblem.LINK_EXPIRED::exception), next);
    }

    private Reply options(Call call) {
        call.bare();
        return Reply.ok(view.options());
    }

    /** A sign-in takes the place of the one before it in the same browser. */
    Reply signedIn(Visit visit, NewConsoleSession begun, OwnPath next) {
        cookies.session(visit.cookies()).ifPresent(sessions::end);
        ConsoleSession session = begun.session();
        return Reply.ok(view.of(session, next)).with("Set-Cookie", cookies.setSession(begun.cookie()));
    }

    /** What changes who is signed in is for this server's own pages. */
    static void requireOwnPage(Visit visit) {
        if (visit.forgeable()) {
            throw new ProblemException(HttpProblem.ORIGIN_REFUSED);
        }
    }

    private String cookie(Call call) {
        return cookies.session(call.visit().cookies()).orElseThrow(SignInProblem.NOT_SIGNED_IN::exception);
    }

    private static TenantId tenantId(String text) {
        try {
            return new TenantId(text);
        } catch (VaultException e) {
            throw FieldNames.refused("tenant", "This is the name of a tenant.");
        }
    }
}
