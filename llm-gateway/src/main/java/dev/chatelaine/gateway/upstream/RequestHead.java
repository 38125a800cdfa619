package dev.chatelaine.gateway.upstream;

import dev.chatelaine.vault.crypto.RevealsSecret;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Protocol;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Writes the head of a request, the only place of the gateway where a key is opened. */
final class RequestHead {
    /** The version of Anthropic's Messages API that the gateway speaks. */
    private static final String ANTHROPIC_VERSION = "2023-06-01";

    private RequestHead() {}

    @RevealsSecret(RevealsSecret.Place.UPSTREAM_REQUEST)
    static void write(HttpFields.Mutable headers, Protocol protocol, @Nullable SecretValue key) {
        headers.put(HttpHeader.ACCEPT, "application/json, text/event-stream");
        if (protocol == Protocol.ANTHROPIC) {
            headers.put("anthropic-version", ANTHROPIC_VERSION);
        }
        if (key == null) {
            return;
        }
        switch (protocol) {
            case ANTHROPIC -> headers.put("x-api-key", key.reveal());
            case OPENAI -> headers.put(HttpHeader.AUTHORIZATION, "Bearer " + key.reveal());
        }
    }
}
