package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.access.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for a request, and whose cap binds it.
 *
 * @param actor who asks; the request is of the actor's tenant
 * @param keyId the gateway key that was shown, or null for somebody who came with a token of their own: no cap binds them
 */
public record Payer(Actor actor, @Nullable String keyId) {}
