package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.resolution.Candidate;
import dev.chatelaine.gateway.resolution.ConfigurationSource;
import dev.chatelaine.gateway.resolution.Credential;
import dev.chatelaine.gateway.resolution.Credentials;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.upstreamkey.KeysAtHand;
import dev.chatelaine.vault.upstreamkey.UpstreamKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One caller's look at the vault for some requests of theirs: what one of them found is true for the others, since all
 * were there when it began. A refusal is found anew for each, because each is an event. Of one thread.
 */
final class Look implements ConfigurationSource {
    private final ConfigurationSource configurations;
    private final UpstreamKeys keys;
    private final Map<Object, Tried<?>> found = new HashMap<>();

    Look(ConfigurationSource configurations, UpstreamKeys keys) {
        this.configurations = configurations;
        this.keys = keys;
    }

    @Override
    public Optional<LlmConfiguration> find(Actor actor, String nameOrId) {
        return once(List.of("named", actor, nameOrId), () -> configurations.find(actor, nameOrId));
    }

    @Override
    public Optional<LlmConfiguration> inEffect(Actor actor) {
        return once(List.of("in effect", actor), () -> configurations.inEffect(actor));
    }

    /**
     * With whose keys these are asked.
     *
     * @throws dev.chatelaine.gateway.GatewayException as {@link Credentials#of} says
     */
    List<Credential> credentials(Actor actor, List<Candidate> candidates) {
        List<Provider> providers =
                candidates.stream().map(Candidate::provider).distinct().toList();
        List<Object> key =
                List.of("keys", actor, providers.stream().map(Provider::id).toList());
        KeysAtHand hand = once(key, () -> keys.atHand(actor, providers));
        return Credentials.of(hand, candidates);
    }

    @SuppressWarnings("unchecked") // a key stands for one type
    private <T> T once(Object key, Supplier<T> work) {
        Tried<T> known = (Tried<T>) found.get(key);
        if (known != null) {
            return known.get();
        }
        Tried<T> tried = Tried.of(work);
        if (!tried.failedWith(Look::isDenial)) {
            found.put(key, tried);
        }
        return tried.get();
    }

    private static boolean isDenial(RuntimeException failure) {
        return failure instanceof VaultException known && known.code() == ErrorCode.PERMISSION_DENIED;
    }
}
