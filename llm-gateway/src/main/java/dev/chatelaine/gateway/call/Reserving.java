package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.resolution.Candidate;
import dev.chatelaine.gateway.resolution.Credential;
import dev.chatelaine.gateway.upstream.UpstreamRequest;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.upstreamkey.KeyChoice;
import dev.chatelaine.vault.upstreamkey.OpenedKey;
import dev.chatelaine.vault.usage.Ledger;
import dev.chatelaine.vault.usage.Payer;
import dev.chatelaine.vault.usage.Quote;
import dev.chatelaine.vault.usage.Reserved;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reserves the worst case of one way to answer a request, and opens its key with it. Blocks. Of one request. */
final class Reserving {
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
     * What is to be reserved, and for what.
     *
     * @param choice the key that is opened with it; null where none is needed
     */
    record Prepared(
            Credential credential,
            Wire wire,
            Quote quote,
            @Nullable KeyChoice choice) {
        /** Nothing of the request. */
        @Override
        public String toString() {
            return "Prepared[" + credential.source() + "]";
        }
    }

    /**
     * What is to be reserved to ask with this credential.
     *
     * @throws dev.chatelaine.gateway.GatewayException where the request cannot be put into the provider's shape
     */
    Prepared prepare(Credential credential) {
        Wire wire = Wire.of(asked, credential.candidate());
        Quote quote = Quotes.of(asked, credential);
        promptAtMost = quote.worst().prompt();
        return new Prepared(credential, wire, quote, choice(credential));
    }

    /** The first reservation, for the ledger to make with others. */
    Ledger.Asking<Optional<OpenedKey>> asking(Prepared prepared) {
        return new Ledger.Asking<>(id, prepared.quote(), parts.keys().opening(payer.actor(), prepared.choice()));
    }

    /** What was asked for is reserved. Empty where the key is gone by now; what was reserved for it stays held then. */
    Optional<Ready> reserved(Prepared prepared, Reserved<Optional<OpenedKey>> reserved) {
        reservedBefore = true;
        OpenedKey key = reserved.opened().orElse(null);
        boolean gone = key == null && prepared.choice() != null;
        return gone ? Optional.empty() : Optional.of(ready(prepared, key));
    }

    /**
     * Reserves, in place of what the request holds already. Empty where the key is gone by now; what was reserved for it
     * stays held then.
     *
     * @throws VaultException {@code spend_cap_reached}, {@code model_unpriced}, {@code pool_quota_exceeded}
     * @throws dev.chatelaine.gateway.GatewayException where the request cannot be put into the provider's shape
     */
    Optional<Ready> reserve(Credential credential) {
        Prepared prepared = prepare(credential);
        var opening = parts.keys().opening(payer.actor(), prepared.choice());
        Reserved<Optional<OpenedKey>> reserved = reservedBefore
                ? parts.ledger().exchange(payer, id, prepared.quote(), parts.life(), opening)
                : parts.ledger().reserve(payer, id, prepared.quote(), parts.life(), opening);
        return reserved(prepared, reserved);
    }

    /** The most tokens that the prompt can have, as it was reserved for last. */
    long promptAtMost() {
        return promptAtMost;
    }

    private static Ready ready(Prepared prepared, @Nullable OpenedKey key) {
        Candidate candidate = prepared.credential().candidate();
        Wire wire = prepared.wire();
        UpstreamRequest request = new UpstreamRequest(
                candidate.provider(), candidate.endpoint(), wire.path(), wire.body(), key == null ? null : key.value());
        return new Ready(prepared.credential(), wire, request, key);
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

    /** Whether this refusal may be another's the next moment, when something is settled. */
    static boolean isForWantOfRoom(RuntimeException refusal) {
        return refusal instanceof VaultException known
                && (known.code() == ErrorCode.SPEND_CAP_REACHED || known.code() == ErrorCode.POOL_QUOTA_EXCEEDED);
    }
}
