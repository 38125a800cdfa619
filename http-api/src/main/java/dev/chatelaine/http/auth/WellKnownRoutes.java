package dev.chatelaine.http.auth;

import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a client may ask before it has a token: where to get one (RFC 9728), and with which keys tokens are proved. Open
 * to everybody. Each way in for MCP is a resource of its own besides the service as a whole, since clients look for
 * the document of the very address that they were given.
 */
public final class WellKnownRoutes {
    private static final String METADATA = "/.well-known/oauth-protected-resource";
    private static final List<String> RESOURCES = List.of("", "/mcp", "/sse");

    private WellKnownRoutes() {}

    /**
     * The routes.
     *
     * @param address the service's address as its clients know it, asked by each call
     * @param metadata describes the resource at an address
     * @param keys the instance's public keys (RFC 7517); none where an organisation's provider signs
     */
    public static List<Route> of(
            Supplier<URI> address,
            Function<URI, ProtectedResourceMetadata> metadata,
            Supplier<Map<String, Object>> keys) {
        Route jwks = Route.open("GET", "/.well-known/jwks.json", call -> answer(call, keys.get()));
        List<Route> described = RESOURCES.stream()
                .map(path -> Route.open(
                        "GET",
                        METADATA + path,
                        call -> answer(
                                call,
                                metadata.apply(URI.create(address.get() + path)).document())))
                .toList();
        return Stream.concat(Stream.of(jwks), described.stream()).toList();
    }

    private static Reply answer(Call call, Map<String, Object> document) {
        call.bare();
        return Reply.ok(document);
    }
}
