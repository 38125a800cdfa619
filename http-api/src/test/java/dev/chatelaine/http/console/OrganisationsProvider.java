package dev.chatelaine.http.console;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.NettyWrapper;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/** An OpenID provider on the loopback interface, at which everybody signs in at once as whom a test says. */
public final class OrganisationsProvider implements AutoCloseable {
    private static final String ISSUER = "acme";
    private static final long SECONDS = 300;

    private final MockOAuth2Server server = new MockOAuth2Server(
            new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(), Set.of(), new NettyWrapper(null)));
    private String issuer = "";

    /** What a browser brings back from the provider. */
    public record Returned(String code, String state) {}

    public static OrganisationsProvider start() {
        OrganisationsProvider provider = new OrganisationsProvider();
        provider.server.start();
        provider.issuer = provider.server.issuerUrl(ISSUER).toString();
        return provider;
    }

    public String issuer() {
        return issuer;
    }

    /** Whom the next sign-in is of, and what else its tokens say. */
    public void nextSays(String subject, Map<String, Object> claims) {
        server.enqueueCallback(
                new DefaultOAuth2TokenCallback(ISSUER, subject, "JWT", List.of("console"), claims, SECONDS));
    }

    /** Goes where a browser was sent, and answers with what the provider sends back along. */
    public Returned signIn(URI location) {
        try {
            HttpURLConnection connection = (HttpURLConnection) location.toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            Map<String, String> sent = query(URI.create(connection.getHeaderField("Location")));
            return new Returned(String.valueOf(sent.get("code")), String.valueOf(sent.get("state")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static Map<String, String> query(URI uri) {
        return Arrays.stream(uri.getRawQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
