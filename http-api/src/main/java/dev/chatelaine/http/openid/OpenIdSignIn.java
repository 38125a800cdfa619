package dev.chatelaine.http.openid;

import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.chatelaine.http.auth.AuthenticationException;
import dev.chatelaine.http.auth.IdTokens;
import dev.chatelaine.http.auth.ProviderEndpoints;
import dev.chatelaine.http.openid.OpenIdException.Kind;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs people in by one provider. Nothing is asked of it before the first sign-in. Safe for several threads. */
public final class OpenIdSignIn {
    private static final Logger LOG = LoggerFactory.getLogger(OpenIdSignIn.class);

    private final OpenIdSettings settings;
    private final ProviderEndpoints endpoints;
    private final CodeExchange exchange;
    private final IdTokens idTokens;
    private final SecureRandom random;
    private final Clock clock;

    /**
     * Sign-ins.
     *
     * @param settings how this service is known at the provider
     * @param endpoints where the provider is asked
     * @param exchange asks for tokens
     * @param idTokens proves what comes back
     */
    public OpenIdSignIn(
            OpenIdSettings settings,
            ProviderEndpoints endpoints,
            CodeExchange exchange,
            IdTokens idTokens,
            SecureRandom random,
            Clock clock) {
        this.settings = settings;
        this.endpoints = endpoints;
        this.exchange = exchange;
        this.idTokens = idTokens;
        this.random = random;
        this.clock = clock;
    }

    /** A sign-in that has begun: what the browser keeps, and where it goes. */
    public record Begun(SignInAttempt attempt, URI location) {}

    /** Somebody who is proved, by which attempt. */
    public record Finished(SignInAttempt attempt, IdTokens.Person person) {}

    /** Begins a sign-in that leads to {@code next}. */
    public Begun begin(String next) throws OpenIdException {
        SignInAttempt attempt = SignInAttempt.begin(random, clock.instant(), next);
        AuthenticationRequest request = new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(settings.scopes().toArray(String[]::new)),
                        new ClientID(settings.client()),
                        settings.callback().get())
                .endpointURI(endpoints().authorization())
                .state(new State(attempt.state()))
                .nonce(new Nonce(attempt.nonce()))
                .codeChallenge(new CodeVerifier(attempt.verifier()), CodeChallengeMethod.S256)
                .build();
        return new Begun(attempt, request.toURI());
    }

    /**
     * Ends a sign-in with what the provider sent along. That one is not ended twice, the caller sees to by the attempt's
     * secret.
     *
     * @param cookie what the browser kept
     * @param state the response's {@code state}
     * @param code its {@code code}
     */
    public Finished finish(String cookie, String state, String code) throws OpenIdException {
        SignInAttempt attempt =
                SignInAttempt.read(cookie, clock.instant()).orElseThrow(() -> new OpenIdException(Kind.EXPIRED));
        if (!attempt.hasState(state)) {
            throw new OpenIdException(Kind.REFUSED);
        }
        String idToken =
                exchange.idToken(endpoints(), settings.callback().get(), code, new CodeVerifier(attempt.verifier()));
        try {
            return new Finished(attempt, idTokens.prove(idToken, attempt.nonce()));
        } catch (AuthenticationException e) {
            LOG.atWarn().addKeyValue("reason", e.text()).log("An ID token was refused");
            throw failed(e);
        }
    }

    private ProviderEndpoints.Endpoints endpoints() throws OpenIdException {
        try {
            return endpoints.get();
        } catch (AuthenticationException e) {
            throw failed(e);
        }
    }

    private static OpenIdException failed(AuthenticationException e) {
        boolean unavailable = e.kind() == AuthenticationException.Kind.ISSUER_UNAVAILABLE;
        return new OpenIdException(unavailable ? Kind.UNAVAILABLE : Kind.REFUSED);
    }
}
