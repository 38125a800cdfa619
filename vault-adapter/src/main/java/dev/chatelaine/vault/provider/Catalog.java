package dev.chatelaine.vault.provider;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Providers, plans and models, as the program brings them and as an operator's file changes them. Everything is listed
 * in the order of the files, what an operator adds comes last. Immutable.
 */
public final class Catalog {
    private static final String BUILT_IN = "catalog.yaml";

    private final Map<ProviderId, Provider> providers;
    private final Map<String, Plan> plans;
    private final Map<String, Model> models;
    private final Map<String, Model> byAlias = new HashMap<>();

    Catalog(Map<ProviderId, Provider> providers, Map<String, Plan> plans, Map<String, Model> models) {
        this.providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
        this.plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
        this.models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        models.values()
                .forEach(model ->
                        model.aliases().forEach(alias -> byAlias.putIfAbsent(model.provider() + "/" + alias, model)));
    }

    /** The catalogue that the program brings. Reads it anew at each call: call once and hand it on. */
    public static Catalog builtIn() {
        try (InputStream in = Catalog.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException("The built-in catalogue is missing from the program");
            }
            return new CatalogReader(new Catalog(Map.of(), Map.of(), Map.of())).read(YamlNode.parse(BUILT_IN, in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The built-in catalogue with an operator's file over it. A provider, plan or model of the file adds a new one or
     * changes the named fields of the one that is there.
     *
     * @throws InvalidCatalogException when the file cannot be read or has a mistake; the message names file and line
     */
    public static Catalog load(Path override) {
        try (InputStream in = Files.newInputStream(override)) {
            return new CatalogReader(builtIn()).read(YamlNode.parse(override.toString(), in));
        } catch (IOException e) {
            throw new InvalidCatalogException(
                    override.toString(), 0, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    public List<Provider> providers() {
        return List.copyOf(providers.values());
    }

    public List<Plan> plans() {
        return List.copyOf(plans.values());
    }

    public List<Model> models() {
        return List.copyOf(models.values());
    }

    /**
     * The provider with this id or alias, whatever its case.
     *
     * @throws VaultException {@code provider_unknown} when there is none; the message lists those there are
     */
    public Provider provider(String idOrAlias) {
        return find(idOrAlias)
                .orElseThrow(() -> new VaultException(
                                ErrorCode.PROVIDER_UNKNOWN,
                                "There is no such provider. Use one of: {}.",
                                providers.keySet().stream()
                                        .map(ProviderId::value)
                                        .collect(Collectors.joining(", ")))
                        .withField("provider"));
    }

    /** The plan of this name, if there is one. */
    public Optional<Plan> plan(String name) {
        return Optional.ofNullable(plans.get(name));
    }

    /** The model of this provider, by its name or another that the provider has for it, if the catalogue knows it. */
    public Optional<Model> model(ProviderId provider, String name) {
        String id = provider + "/" + name;
        Model named = models.get(id);
        return Optional.ofNullable(named == null ? byAlias.get(id) : named);
    }

    Optional<Provider> find(String idOrAlias) {
        return providers.values().stream()
                .filter(one -> one.answersTo(idOrAlias))
                .findFirst();
    }
}
