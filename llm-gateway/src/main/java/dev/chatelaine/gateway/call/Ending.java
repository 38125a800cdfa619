package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.money.TokenEstimate;
import dev.chatelaine.gateway.money.Usage;
import dev.chatelaine.gateway.resolution.Candidate;
import dev.chatelaine.gateway.resolution.Credential;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.usage.Outcome;
import dev.chatelaine.vault.usage.Payer;
import dev.chatelaine.vault.usage.Tokens;
import org.jspecify.annotations.Nullable;

/** How one request ends, which it does once, whoever ends it. Safe for several threads. */
final class Ending {
    /** The status in usage of a request whose caller had gone: nginx's word for it. */
    private static final int GONE = 499;

    private static final int BROKEN = 500;

    private final CallParts parts;
    private final Payer payer;
    private final Arrival arrival;
    private final boolean streamed;
    private final Held held = new Held();
    private volatile @Nullable Long firstByte;
    private volatile long likelyPrompt;

    Ending(CallParts parts, Payer payer, Arrival arrival, boolean streamed) {
        this.parts = parts;
        this.payer = payer;
        this.arrival = arrival;
        this.streamed = streamed;
    }

    /**
     * A reservation was made; where the request has ended meanwhile, it is given back at once.
     *
     * @param promptAtMost the most tokens that the prompt can have
     */
    void reserved(Credential credential, long promptAtMost) {
        likelyPrompt = TokenEstimate.likely(promptAtMost);
        if (!held.reserved(credential)) {
            parts.settlements().release(tenant(), arrival.id());
        }
    }

    /** The first part of an answer is there. */
    void firstByte() {
        firstByte = arrival.elapsed();
    }

    /**
     * Nobody answered, or the request was refused.
     *
     * @param candidate who would have been asked first
     */
    void failed(Throwable failure, int sent, Candidate candidate) {
        if (!held.end()) {
            return;
        }
        if (held.credential() == null) {
            refused(failure, candidate);
        } else if (failure instanceof CallFailedException known) {
            settle(outcome(known.status(), sent, Tokens.NONE, 0L, false));
        } else if (sent == 0) {
            parts.settlements().release(tenant(), arrival.id());
            refused(failure, candidate);
        } else {
            settle(outcome(BROKEN, sent, Tokens.NONE, 0L, false));
        }
    }

    /** The caller went away before there was an answer: what was sent was read by then, as far as anybody knows. */
    void gone(int sent) {
        if (!held.end() || held.credential() == null) {
            return;
        }
        if (sent == 0) {
            parts.settlements().release(tenant(), arrival.id());
        } else {
            settle(GONE, sent, new Usage(likelyPrompt, 0, 0, 0), true);
        }
    }

    /** There was an answer, whole or as far as it went. */
    void answered(int status, int sent, Usage usage, boolean estimated) {
        if (held.end()) {
            settle(status, sent, usage, estimated);
        }
    }

    /** The caller went away from a stream. */
    void streamGone(int sent, Usage usage) {
        answered(GONE, sent, usage, true);
    }

    /** How many tokens the prompt likely has. */
    long likelyPrompt() {
        return likelyPrompt;
    }

    private void settle(int status, int sent, Usage usage, boolean estimated) {
        Credential credential = held.credential();
        Tokens tokens = new Tokens(usage.prompt(), usage.completion(), usage.cached());
        Long cost = credential == null ? null : Quotes.cost(credential.candidate(), usage);
        settle(outcome(status, sent, tokens, cost, estimated));
    }

    private void settle(Outcome outcome) {
        parts.settlements().settle(tenant(), arrival.id(), outcome);
    }

    /** Refusals by a cap, a quota or for want of a price are usage too: nothing of it, and with a reason to look at it. */
    private void refused(Throwable failure, Candidate candidate) {
        int status = status(failure);
        if (status == 0) {
            return;
        }
        Outcome outcome = outcome(status, 0, Tokens.NONE, 0L, false);
        parts.settlements()
                .submit(
                        tenant(),
                        arrival.id(),
                        () -> parts.ledger()
                                .refused(
                                        payer,
                                        arrival.id(),
                                        candidate.provider().id(),
                                        candidate.model(),
                                        Quotes.configuration(candidate),
                                        outcome));
    }

    private static int status(Throwable failure) {
        ErrorCode code = failure instanceof VaultException refused ? refused.code() : null;
        if (code == ErrorCode.SPEND_CAP_REACHED) {
            return 402;
        }
        if (code == ErrorCode.POOL_QUOTA_EXCEEDED) {
            return 429;
        }
        return code == ErrorCode.MODEL_UNPRICED ? 400 : 0;
    }

    private Outcome outcome(int status, int sent, Tokens tokens, @Nullable Long cost, boolean estimated) {
        return new Outcome(status, sent, tokens, cost, arrival.elapsed(), firstByte, streamed, estimated);
    }

    private TenantId tenant() {
        return payer.actor().tenant();
    }
}
