package dev.chatelaine.http.openid;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import dev.chatelaine.http.auth.BoundedFetch;
import dev.chatelaine.http.auth.ProviderEndpoints.Endpoints;
import dev.chatelaine.http.openid.OpenIdException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a code into an ID token at the provider; the access token is dropped. Safe for several threads. */
public final class CodeExchange {
    private static final Logger LOG = LoggerFactory.getLogger(CodeExchange.class);
    private static final int SERVER_ERRORS = 500;

    private final OpenIdSettings settings;
    private final BoundedFetch fetch;

    /** An exchange for the client of these settings, within the bounds of {@code fetch}. */
    public CodeExchange(OpenIdSettings settings, BoundedFetch fetch) {
        this.settings = settings;
        this.fetch = fetch;
    }

    String idToken(Endpoints endpoints, URI callback, String code, CodeVerifier verifier) throws OpenIdException {
        HTTPRequest request =
                request(endpoints, new AuthorizationCodeGrant(new AuthorizationCode(code), callback, verifier));
        try {
            BoundedFetch.Answer answer =
                    fetch.post(endpoints.token(), request.getAuthorization(), String.valueOf(request.getBody()));
            return idToken(answer);
        } catch (IOException e) {
            // The message is the fetch's own and says nothing of what was sent.
            throw failed(Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private HTTPRequest request(Endpoints endpoints, AuthorizationCodeGrant grant) {
        ClientID client = new ClientID(settings.client());
        String secret = settings.secret();
        if (secret == null) {
            return new TokenRequest.Builder(endpoints.token(), client, grant)
                    .build()
                    .toHTTPRequest();
        }
        boolean post = !endpoints.clientAuthentication().contains("client_secret_basic")
                && endpoints.clientAuthentication().contains("client_secret_post");
        ClientAuthentication proof = post
                ? new ClientSecretPost(client, new Secret(secret))
                : new ClientSecretBasic(client, new Secret(secret));
        return new TokenRequest.Builder(endpoints.token(), proof, grant).build().toHTTPRequest();
    }

    private static String idToken(BoundedFetch.Answer answer) throws OpenIdException {
        if (answer.status() >= SERVER_ERRORS) {
            throw failed(Kind.UNAVAILABLE, "status " + answer.status());
        }
        try {
            HTTPResponse response = new HTTPResponse(answer.status());
            response.setEntityContentType(ContentType.APPLICATION_JSON);
            response.setBody(new String(answer.body(), StandardCharsets.UTF_8));
            TokenResponse parsed = OIDCTokenResponseParser.parse(response);
            if (parsed instanceof OIDCTokenResponse tokens) {
                return tokens.getOIDCTokens().getIDTokenString();
            }
            throw failed(Kind.REFUSED, "the provider refused the code, with status " + answer.status());
        } catch (ParseException | RuntimeException e) {
            throw failed(Kind.REFUSED, "the provider's answer is none to a code");
        }
    }

    private static OpenIdException failed(Kind kind, String reason) {
        LOG.atWarn().addKeyValue("reason", reason).log("A code could not be turned into tokens");
        return new OpenIdException(kind);
    }
}
