package dev.chatelaine.gateway.upstream;

import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Provider;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A request to a provider. Its body may be sent several times; its key is opened each time and not kept. */
public final class UpstreamRequest {
    private final Provider provider;
    private final URI endpoint;
    private final String path;
    private final byte[] body;
    private final @Nullable SecretValue key;

    /**
     * A request.
     *
     * @param endpoint the base URL
     * @param path what comes after it, such as {@code /chat/completions}
     * @param body JSON in UTF-8; is not copied and must not change
     * @param key the key; null asks without one, as for a local Ollama
     */
    public UpstreamRequest(Provider provider, URI endpoint, String path, byte[] body, @Nullable SecretValue key) {
        this.provider = provider;
        this.endpoint = endpoint;
        this.path = path;
        this.body = body;
        this.key = key;
    }

    /** A watch over one stream that answers this request, for a key that comes in pieces. */
    public KeyWatch watch() {
        return new KeyWatch(key);
    }

    Provider provider() {
        return provider;
    }

    URI endpoint() {
        return endpoint;
    }

    String path() {
        return path;
    }

    byte[] body() {
        return body;
    }

    @Nullable
    SecretValue key() {
        return key;
    }
}
