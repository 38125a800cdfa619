package dev.chatelaine.http.auth;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys, fetched from where its metadata says they are; the metadata is read each time, so that a key set
 * may move. Called seldom: caching and rate limit are in front of it.
 */
final class DiscoveredKeys implements JWKSetSource<SecurityContext> {
    private static final Logger LOG = LoggerFactory.getLogger(DiscoveredKeys.class);

    private final String issuer;
    private final BoundedFetch fetch;
    private final IssuerMetadata metadata;
    private volatile @Nullable JWKSet latest;

    DiscoveredKeys(String issuer, BoundedFetch fetch) {
        this.issuer = issuer;
        this.fetch = fetch;
        this.metadata = new IssuerMetadata(issuer, fetch);
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long currentTime, @Nullable SecurityContext context)
            throws JWKSetRetrievalException {
        try {
            JWKSet fetched = JWKSet.parse(new String(fetch.get(keySet()), StandardCharsets.UTF_8));
            latest = fetched;
            return fetched;
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()), e);
        } catch (ParseException | RuntimeException e) {
            throw failed("its key set is malformed", e);
        }
    }

    /** What was fetched last; null before the first time. */
    @Nullable
    JWKSet latest() {
        return latest;
    }

    private JWKSetRetrievalException failed(String reason, Exception cause) {
        LOG.atWarn()
                .addKeyValue("issuer", issuer)
                .addKeyValue("reason", reason)
                .log("The issuer's keys could not be fetched; known ones stay in use");
        return new JWKSetRetrievalException("the issuer's keys could not be fetched", cause);
    }

    private URI keySet() throws IOException {
        return IssuerMetadata.address(metadata.fetch(), "jwks_uri");
    }

    @Override
    public void close() {}
}
