package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.provider.ProviderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request of the gateway that is over. It never holds a prompt, an answer or a key.
 *
 * @param id the request's id
 * @param tenant whose it was
 * @param at when it began
 * @param keyId the gateway key that was shown, if one was
 * @param configuration the name of the LLM configuration that was used, if one was
 * @param provider who was asked
 * @param model for what
 * @param credential whose provider key it went out with
 * @param status the HTTP status that the caller got
 * @param attempts how many requests went out to providers
 * @param tokens what was used
 * @param microUsd what that cost; null where the price is not known
 * @param latencyMillis from the request to the end of its answer; null where nobody was there to tell
 * @param firstByteMillis to the answer's first byte, if there was one
 * @param streamed whether the answer was a stream
 * @param estimated whether tokens were counted here and not by the provider
 */
public record UsageRecord(
        String id,
        TenantId tenant,
        Instant at,
        @Nullable String keyId,
        @Nullable String configuration,
        ProviderId provider,
        String model,
        CredentialSource credential,
        int status,
        int attempts,
        Tokens tokens,
        @Nullable Long microUsd,
        @Nullable Long latencyMillis,
        @Nullable Long firstByteMillis,
        boolean streamed,
        boolean estimated) {}
