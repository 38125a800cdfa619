package dev.chatelaine.http.server;

import dev.chatelaine.vault.access.Actor;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a page's action sees of a request besides its path, query and body.
 *
 * @param actor who is calling, where that is known
 * @param cookies the cookies by their names
 * @param crossSite whether a page of another site led here ({@code Sec-Fetch-Site}): the browser kept strict cookies
 *     back then
 * @param wantsJson whether the caller asks for JSON rather than for a page
 * @param forgeable as {@link Callers.Credentials#forgeable}
 */
public record Visit(
        @Nullable Actor actor, Map<String, String> cookies, boolean crossSite, boolean wantsJson, boolean forgeable) {
    public Visit {
        cookies = Map.copyOf(cookies);
    }

    /** Who is calling, where that is known. */
    public Optional<Actor> caller() {
        return Optional.ofNullable(actor);
    }

    /** The cookie of this name. */
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    /** Says nothing of the cookies: they are as good as passwords. */
    @Override
    public String toString() {
        return "Visit[redacted]";
    }
}
