package dev.chatelaine.gateway.fake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A fake of every provider that the catalogue has, each on a port of its own. */
public final class FakeProviders implements AutoCloseable {
    private final Map<String, FakeProvider> providers = new LinkedHashMap<>();

    private FakeProviders(List<FakeProvider> all) {
        all.forEach(each -> providers.put(each.id(), each));
    }

    /** All of them, answering. */
    public static FakeProviders start() {
        FakeProviders all = new FakeProviders(List.of(
                new FakeOpenAi(),
                new FakeAnthropic(),
                new FakeGoogle(),
                new FakeXai(),
                new FakeGroq(),
                new FakeMistral(),
                new FakeCohere(),
                new FakeTogether(),
                new FakeFireworks(),
                new FakeDeepSeek(),
                new FakeOllama()));
        all.providers.values().forEach(FakeProvider::start);
        return all;
    }

    /** The fake of the provider with this id. */
    public FakeProvider get(String id) {
        return Optional.ofNullable(providers.get(id)).orElseThrow();
    }

    /** All, in the order of the catalogue. */
    public List<FakeProvider> all() {
        return List.copyOf(providers.values());
    }

    /**
     * An operator's catalogue, in YAML, that has each provider at its fake. These are loopback addresses without TLS, so
     * that they must be allowed as private endpoints too: see {@link #endpoints}.
     */
    public String catalog() {
        StringBuilder yaml = new StringBuilder("providers:\n");
        for (FakeProvider provider : all()) {
            yaml.append("  ").append(provider.id()).append(": { base_url: \"").append(provider.baseUrl());
            yaml.append("\" }\n");
        }
        return yaml.toString();
    }

    /** The hosts and ports of all, as {@code CHATELAINE_PRIVATE_ENDPOINTS} has them. */
    public String endpoints() {
        return all().stream()
                .map(each -> each.baseUrl().getHost() + ":" + each.baseUrl().getPort())
                .collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        providers.values().forEach(FakeProvider::close);
    }

    /**
     * Starts all for as long as standard input is open. Writes the catalogue to the file named first and, to the one named
     * second, where there is one, a line for each provider: its id, the key it takes, a model that chats, and one that
     * embeds or {@code -}; to the third, the private endpoints. Says {@code ready} when they answer.
     */
    public static void main(String[] args) throws IOException {
        try (FakeProviders fakes = start()) {
            Files.writeString(Path.of(args[0]), fakes.catalog());
            if (args.length > 1) {
                StringBuilder lines = new StringBuilder();
                for (FakeProvider fake : fakes.all()) {
                    String embeds = Optional.ofNullable(fake.embeddingModel()).orElse("-");
                    lines.append(String.join("\t", fake.id(), fake.key(), fake.model(), embeds))
                            .append('\n');
                }
                Files.writeString(Path.of(args[1]), lines.toString());
            }
            if (args.length > 2) {
                Files.writeString(Path.of(args[2]), fakes.endpoints());
            }
            System.out.println("ready");
            while (System.in.read() >= 0) {
                // Nothing is said to them.
            }
        }
    }
}
