package dev.chatelaine.http.console;

import dev.chatelaine.http.entry.EntryRoutes;
import dev.chatelaine.http.entry.Person;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Visit;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.entry.EntryPage;
import dev.chatelaine.vault.signin.ConsoleSessions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whoever has signed in to the console. A bearer token does not count: it is a program's, and programs are not to enter
 * values here.
 */
final class SignedInPerson implements Person {
    private final ConsoleSessions sessions;
    private final ConsoleCookies cookies;

    SignedInPerson(ConsoleSessions sessions, ConsoleCookies cookies) {
        this.sessions = sessions;
        this.cookies = cookies;
    }

    @Override
    public EntryPage page() {
        return EntryPage.CONSOLE;
    }

    /** In the ticket's tenant, where that is one of theirs; else in the one that they are in. */
    @Override
    public Optional<Actor> actor(Visit visit, @Nullable TenantId tenant) {
        return cookies.session(visit.cookies())
                .flatMap(sessions::find)
                .map(session ->
                        Optional.ofNullable(tenant).flatMap(session::actor).orElseGet(session::actor));
    }

    @Override
    public byte[] formKey(Visit visit) {
        return cookies.session(visit.cookies()).orElse("").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A link in a conversation leads here from another site, and then the browser keeps the cookie back: the page asks
     * again from this site before the person is asked to sign in.
     */
    @Override
    public Reply stranger(Visit visit, String path) {
        if (visit.wantsJson()) {
            throw SignInProblem.NOT_SIGNED_IN.exception();
        }
        return visit.crossSite()
                ? EntryRoutes.again()
                : Reply.seeOther("/console/sign-in?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
    }
}
