package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.gateway.resolution.Call;
import dev.chatelaine.gateway.resolution.Candidate;
import dev.chatelaine.gateway.resolution.Candidates;
import dev.chatelaine.gateway.resolution.Credentials;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.llm.LlmConfigurations;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.Model;
import dev.chatelaine.vault.upstreamkey.KeysAtHand;
import dev.chatelaine.vault.upstreamkey.UpstreamKeys;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which models a caller may name: those that the key allows and that there is a key for. Blocks. */
final class Models {
    private final Catalog catalog;
    private final Candidates candidates;
    private final UpstreamKeys keys;
    private final LlmConfigurations configurations;

    Models(Catalog catalog, Candidates candidates, UpstreamKeys keys, LlmConfigurations configurations) {
        this.catalog = catalog;
        this.candidates = candidates;
        this.keys = keys;
        this.configurations = configurations;
    }

    /** The tenant's configurations by name, then the catalogue's models in its order. */
    List<GatewayModel> of(Caller caller) {
        KeysAtHand hand = keys.atHand(caller.actor(), catalog.providers());
        Stream<String> configured = configurations.list(caller.actor()).configurations().stream()
                .map(LlmConfiguration::name)
                .map(Object::toString);
        return Stream.concat(configured, catalog.models().stream().map(Model::id))
                .flatMap(name -> named(caller, hand, name).stream())
                .toList();
    }

    /** The model of that name, whether the catalogue knows it or not, if the caller may name it. */
    Optional<GatewayModel> find(Caller caller, String name) {
        return named(caller, keys.atHand(caller.actor(), catalog.providers()), name);
    }

    private Optional<GatewayModel> named(Caller caller, KeysAtHand hand, String name) {
        try {
            Call call = new Call(name, List.of(), null, caller::allows);
            List<Candidate> first = candidates.of(caller.actor(), call).subList(0, 1);
            Credentials.of(hand, first);
            return Optional.of(
                    new GatewayModel(name, first.get(0).provider().id().value()));
        } catch (GatewayException e) {
            // Not allowed, or nobody's key for it: not this caller's to name.
            return Optional.empty();
        }
    }
}
