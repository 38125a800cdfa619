package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.resolution.Credential;
import java.util.List;

/**
 * What a caller may know of how a request was answered.
 *
 * @param requestId {@code req_…}, under which its usage is recorded
 * @param provider who answered
 * @param model the model as the provider names it
 * @param credential {@code byok} or {@code pool}
 * @param attempts how many requests went out to providers
 * @param changed fields of the request that the provider could not take as they were
 */
public record CallFacts(
        String requestId, String provider, String model, String credential, int attempts, List<String> changed) {

    public CallFacts {
        changed = List.copyOf(changed);
    }

    static CallFacts of(String requestId, Credential credential, int attempts, List<String> changed) {
        return new CallFacts(
                requestId,
                credential.candidate().provider().id().value(),
                credential.candidate().model(),
                credential.payer().label(),
                attempts,
                changed);
    }
}
