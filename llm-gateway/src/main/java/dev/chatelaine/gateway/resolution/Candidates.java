package dev.chatelaine.gateway.resolution;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.Provider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom to ask, in order: the model that a request names, then the request's or else its configuration's fallbacks, then
 * the gateway key's. A name with a slash is {@code provider/model}; without one it is a configuration's, and where there
 * is no such configuration, {@code provider.model}. Blocks as its port does.
 */
public final class Candidates {
    private final Catalog catalog;
    private final ConfigurationSource configurations;

    /** Candidates by this catalogue and these configurations. */
    public Candidates(Catalog catalog, ConfigurationSource configurations) {
        this.catalog = catalog;
        this.configurations = configurations;
    }

    /**
     * The candidates of a call: at least one, none of them twice, all of them allowed.
     *
     * @throws GatewayException {@code no_default_configuration}, {@code model_unknown}, {@code model_not_allowed}, of
     *     the first model; a fallback that does not exist or is not allowed is passed over
     */
    public List<Candidate> of(Actor actor, Call call) {
        Candidate first = first(actor, call.model());
        if (!call.allowed().test(first.id())) {
            throw new GatewayException(
                    GatewayError.MODEL_NOT_ALLOWED,
                    "model",
                    "This gateway key does not allow the model. Name another, or have the key's allowed models changed.");
        }
        List<Candidate> candidates = new ArrayList<>(List.of(first));
        for (String fallback : fallbacks(first, call)) {
            named(actor, fallback)
                    .filter(candidate -> call.allowed().test(candidate.id()))
                    .filter(candidate -> candidates.stream().noneMatch(candidate::isSameAs))
                    .ifPresent(candidates::add);
        }
        return List.copyOf(candidates);
    }

    private static List<String> fallbacks(Candidate first, Call call) {
        LlmConfiguration configuration = first.configuration();
        List<String> fallbacks = new ArrayList<>(call.fallbacks());
        if (fallbacks.isEmpty() && configuration != null) {
            fallbacks.addAll(configuration.fallbacks().models());
        }
        if (call.keyFallback() != null) {
            fallbacks.add(call.keyFallback());
        }
        return fallbacks;
    }

    private Candidate first(Actor actor, @Nullable String model) {
        if (model == null || model.isBlank() || model.equalsIgnoreCase("default")) {
            return configurations
                    .inEffect(actor)
                    .map(this::configured)
                    .orElseThrow(() -> new GatewayException(
                            GatewayError.NO_DEFAULT_CONFIGURATION,
                            "model",
                            "The request names no model and there is no LLM configuration. Name a provider/model, or"
                                    + " make a configuration."));
        }
        return named(actor, model)
                .orElseThrow(() -> new GatewayException(
                        GatewayError.MODEL_UNKNOWN,
                        "model",
                        "There is no such model. Name a provider/model such as openai/gpt-4.1-mini, or an LLM"
                                + " configuration."));
    }

    private Optional<Candidate> named(Actor actor, String name) {
        int slash = name.indexOf('/');
        if (slash >= 0) {
            return direct(name, slash);
        }
        Optional<Candidate> configured = configurations.find(actor, name).map(this::configured);
        return configured.isPresent() ? configured : direct(name, name.indexOf('.'));
    }

    private Optional<Candidate> direct(String name, int separator) {
        if (separator < 1 || separator == name.length() - 1) {
            return Optional.empty();
        }
        String model = name.substring(separator + 1);
        return catalog.providers().stream()
                .filter(provider -> provider.answersTo(name.substring(0, separator)))
                .findFirst()
                .flatMap(provider ->
                        Optional.ofNullable(provider.baseUrl()).map(url -> candidate(provider, model, url, null)));
    }

    private Candidate configured(LlmConfiguration configuration) {
        Provider provider = catalog.provider(configuration.provider().value());
        URI usual = provider.baseUrl();
        URI endpoint = configuration.baseUrl() == null ? usual : configuration.baseUrl();
        if (endpoint == null) {
            throw new GatewayException(
                    GatewayError.MODEL_UNKNOWN,
                    "model",
                    "The LLM configuration has no base URL, and its provider none of its own. Give the configuration one.");
        }
        return candidate(provider, configuration.model().value(), endpoint, configuration);
    }

    private Candidate candidate(
            Provider provider, String model, URI endpoint, @Nullable LlmConfiguration configuration) {
        return new Candidate(
                provider,
                model,
                endpoint,
                configuration,
                catalog.model(provider.id(), model).orElse(null));
    }
}
