package dev.chatelaine.gateway.fake;

import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.Model;
import dev.chatelaine.vault.provider.ModelQuirks;
import dev.chatelaine.vault.provider.Provider;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One provider on a loopback port. Takes the models that the built-in catalogue has of it, and every model whose name
 * begins with {@code fake-}. Safe for use by many threads and connections.
 */
public abstract class FakeProvider implements AutoCloseable {
    private static final int KEPT = 5_000;

    private final Provider provider;
    private final String key;
    private final String model;
    private final @Nullable String embeddingModel;
    private final FakeServer server = new FakeServer(this::handle);
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final Set<String> models = ConcurrentHashMap.newKeySet();
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final Deque<FakeRequest> requests = new ArrayDeque<>();
    private final AtomicLong numbers = new AtomicLong();

    /**
     * A provider that takes this key.
     *
     * @param model a model that chats, for tests that ask any
     * @param embeddingModel a model that embeds, or null where the provider has none
     */
    FakeProvider(String id, String key, String model, @Nullable String embeddingModel) {
        Catalog catalog = Catalog.builtIn();
        this.provider = catalog.provider(id);
        this.key = key;
        this.model = model;
        this.embeddingModel = embeddingModel;
        keys.add(key);
        models.add(model);
        if (embeddingModel != null) {
            models.add(embeddingModel);
        }
        catalog.models().stream()
                .filter(one -> one.provider().equals(provider.id()))
                .forEach(one -> {
                    models.add(one.name());
                    models.addAll(one.aliases());
                });
    }

    /** Its id in the catalogue. */
    public final String id() {
        return provider.id().value();
    }

    /** The catalogue's entry of it. */
    public final Provider provider() {
        return provider;
    }

    /** Where it is reached, with the path that the provider's real base URL has. */
    public final URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.port() + basePath());
    }

    /** The key that it takes. */
    public final String key() {
        return key;
    }

    /** A model of its that chats. */
    public final String model() {
        return model;
    }

    /** A model of its that embeds, or null where it has none. */
    public final @Nullable String embeddingModel() {
        return embeddingModel;
    }

    /** Takes this key too. */
    public final void accept(String another) {
        keys.add(another);
    }

    /** Takes this key no longer. */
    public final void revoke(String old) {
        keys.remove(old);
    }

    /** What it does to the next request that has no script yet, whichever that is, before anything is checked. */
    public final void next(Script script) {
        scripts.add(script);
    }

    /** The requests so far, the newest last; of very many, the newest. */
    public final List<FakeRequest> requests() {
        synchronized (requests) {
            return new ArrayList<>(requests);
        }
    }

    /** The newest request. */
    public final FakeRequest last() {
        synchronized (requests) {
            return Objects.requireNonNull(requests.peekLast(), "nothing was asked");
        }
    }

    /** Forgets requests and scripts. */
    public final void reset() {
        scripts.clear();
        synchronized (requests) {
            requests.clear();
        }
    }

    /** The answer in this provider's shape to an error: for scripts. */
    public final String errorBody(int status, String message) {
        return error(Refusal.bad(status, "", message));
    }

    final void start() {
        server.start();
    }

    @Override
    public final void close() {
        server.close();
    }

    final boolean takes(String candidate) {
        return keys.contains(candidate);
    }

    final boolean knows(String name) {
        return name.startsWith("fake-") || models.contains(name);
    }

    /** What a model of its cannot take, by the catalogue. */
    final ModelQuirks quirks(String named) {
        return Catalog.builtIn().model(provider.id(), named).map(Model::quirks).orElse(ModelQuirks.NONE);
    }

    final List<String> models() {
        return models.stream().sorted().toList();
    }

    /** A number for each request, for ids. */
    final long number() {
        return numbers.incrementAndGet();
    }

    /** Answers as the provider would. */
    abstract void answer(FakeExchange exchange, String path) throws IOException;

    /** An error as the provider writes it. */
    abstract String error(Refusal refusal);

    /** Headers of every answer, each ended by {@code \r\n}. */
    String headers() {
        return "x-request-id: req_" + number() + "\r\nset-cookie: __cf_bm=fake; path=/; HttpOnly\r\n";
    }

    private String basePath() {
        return Objects.requireNonNull(provider.baseUrl(), "a provider of one place")
                .getPath();
    }

    private void handle(FakeExchange exchange) throws IOException, InterruptedException {
        FakeRequest request = exchange.request();
        synchronized (requests) {
            requests.add(request);
            if (requests.size() > KEPT) {
                requests.remove();
            }
        }
        Script script = scripts.poll();
        if (script != null) {
            script.play(exchange);
            return;
        }
        try {
            if (!request.path().startsWith(basePath() + "/")) {
                throw Refusal.notFound("Not found: " + request.path());
            }
            answer(exchange, request.path().substring(basePath().length()));
        } catch (Refusal refusal) {
            exchange.answer(refusal.status(), headers(), error(refusal));
        }
    }
}
