package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.resolution.Candidate;
import dev.chatelaine.gateway.resolution.Credential;
import dev.chatelaine.gateway.upstream.UpstreamRequest;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.upstreamkey.KeyChoice;
import dev.chatelaine.vault.upstreamkey.OpenedKey;
import dev.chatelaine.vault.usage.Payer;
import dev.chatelaine.vault.usage.Quote;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reserves the worst case of one way to answer a request, and opens its key with it. Blocks. Of one request. */
final class Reserving {
    /** What a request that is refused waits for those before it to be settled, whose reservations may be in its way. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final CallParts parts;
    private final Payer payer;
    private final String id;
    private final Asked asked;
    private boolean reservedBefore;
    private long promptAtMost;

    Reserving(CallParts parts, Payer payer, String id, Asked asked) {
        this.parts = parts;
        this.payer = payer;
        this.id = id;
        this.asked = asked;
    }

    /**
     * What is ready to go out.
     *
     * @param key the key, to say later what the provider said of it; null where none is needed
     */
    record Ready(
            Credential credential,
            Wire wire,
            UpstreamRequest request,
            @Nullable OpenedKey key) {
        /** Nothing of the request. */
        @Override
        public String toString() {
            return "Ready[" + credential.source() + "]";
        }
    }

    /**
     * Reserves, in place of what the request holds already. Empty where the key is gone by now; what was reserved for it
     * stays held then.
     *
     * @throws VaultException {@code spend_cap_reached}, {@code model_unpriced}, {@code pool_quota_exceeded}
     * @throws dev.chatelaine.gateway.GatewayException where the request cannot be put into the provider's shape
     */
    Optional<Ready> reserve(Credential credential) {
        Wire wire = Wire.of(asked, credential.candidate());
        Quote quote = Quotes.of(asked, credential);
        promptAtMost = quote.worst().prompt();
        KeyChoice choice = choice(credential);
        if (choice == null) {
            reserved(quote);
            return Optional.of(ready(credential, wire, null));
        }
        return reserved(quote, choice).map(key -> ready(credential, wire, key));
    }

    /** The most tokens that the prompt can have, as it was reserved for last. */
    long promptAtMost() {
        return promptAtMost;
    }

    private static Ready ready(Credential credential, Wire wire, @Nullable OpenedKey key) {
        Candidate candidate = credential.candidate();
        UpstreamRequest request = new UpstreamRequest(
                candidate.provider(), candidate.endpoint(), wire.path(), wire.body(), key == null ? null : key.value());
        return new Ready(credential, wire, request, key);
    }

    private static @Nullable KeyChoice choice(Credential credential) {
        Candidate candidate = credential.candidate();
        return switch (credential.source()) {
            case CONFIGURATION -> new KeyChoice.OfConfiguration(Objects.requireNonNull(candidate.configuration()));
            case TENANT -> new KeyChoice.OfTenant(candidate.provider());
            case POOL -> new KeyChoice.OfPool(candidate.provider().id());
            case NONE -> null;
        };
    }

    private void reserved(Quote quote) {
        try {
            tryReserve(quote);
        } catch (VaultException e) {
            awaitRoom(e);
            tryReserve(quote);
        }
        reservedBefore = true;
    }

    private Optional<OpenedKey> reserved(Quote quote, KeyChoice choice) {
        Optional<OpenedKey> key;
        try {
            key = tryReserve(quote, choice);
        } catch (VaultException e) {
            awaitRoom(e);
            key = tryReserve(quote, choice);
        }
        reservedBefore = true;
        return key;
    }

    private void tryReserve(Quote quote) {
        if (reservedBefore) {
            parts.ledger().exchange(payer, id, quote, parts.life());
        } else {
            parts.ledger().reserve(payer, id, quote, parts.life());
        }
    }

    private Optional<OpenedKey> tryReserve(Quote quote, KeyChoice choice) {
        var opening = parts.keys().opening(payer.actor(), choice);
        return reservedBefore
                ? parts.ledger()
                        .exchange(payer, id, quote, parts.life(), opening)
                        .opened()
                : parts.ledger()
                        .reserve(payer, id, quote, parts.life(), opening)
                        .opened();
    }

    /** Goes on where something of the tenant's was settled meanwhile, so that asking again is not in vain. */
    private void awaitRoom(VaultException refusal) {
        boolean room = refusal.code() == ErrorCode.SPEND_CAP_REACHED || refusal.code() == ErrorCode.POOL_QUOTA_EXCEEDED;
        if (!room || !parts.settlements().await(payer.actor().tenant(), PATIENCE)) {
            throw refusal;
        }
    }
}
