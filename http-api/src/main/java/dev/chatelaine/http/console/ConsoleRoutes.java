package dev.chatelaine.http.console;

import dev.chatelaine.http.entry.EntryRoutes;
import dev.chatelaine.http.openid.OpenIdSignIn;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.Vault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of the console's own routes. */
public final class ConsoleRoutes {
    private ConsoleRoutes() {}

    /**
     * Signing in and out, by JSON.
     *
     * @param openId the organisation's provider, where there is one
     * @param readOnly whether nothing of the vault can be changed, which the console is told
     */
    public static List<Route> session(
            Vault vault, ConsoleCookies cookies, Optional<OpenIdSignIn> openId, boolean readOnly) {
        SessionRoutes session = new SessionRoutes(
                vault.consoleLinks(), vault.consoleSessions(), cookies, new SessionView(openId.isPresent(), readOnly));
        OpenIdRoutes provider =
                new OpenIdRoutes(openId, vault.consoleSessions(), vault.tenants()::exists, cookies, session);
        return Stream.concat(session.routes().stream(), provider.routes().stream())
                .toList();
    }

    /** The page on which somebody who is signed in enters a value. */
    public static List<Route> entry(Vault vault, ConsoleCookies cookies) {
        return EntryRoutes.of(vault.entryTickets(), new SignedInPerson(vault.consoleSessions(), cookies));
    }

    /** What the pages show and REST does not tell. */
    public static List<Route> data(Vault vault) {
        return new ProviderRoutes(vault).routes();
    }

    /** The pages and what they are made of. */
    public static List<Route> files() {
        return ConsoleFiles.routes();
    }
}
