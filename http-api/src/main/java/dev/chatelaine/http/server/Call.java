package dev.chatelaine.http.server;

import dev.chatelaine.http.json.FieldNames;
import dev.chatelaine.http.json.Input;
import dev.chatelaine.http.json.Json;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.access.Actor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as an action sees it: who, what of the path, what of the query, what of the body. Headers are the chain's
 * affair, but for what a page ({@link #visit}) and a route with tokens of its own ({@link #bearer}, {@link #tenantHeader})
 * need to know. An action reads both query and body, or says that there is none, so that what it does not know is
 * refused. It does so before it returns: a body is not kept for as long as events are sent.
 */
public final class Call {
    private final Exchange exchange;
    private final Map<String, String> path;
    private final Map<String, String> query;
    private final MediaType type;
    private final Expected expected;
    private final @Nullable Visit visit;
    private final @Nullable String tenant;
    private final Json json;

    Call(
            Exchange exchange,
            Map<String, String> query,
            MediaType type,
            Expected expected,
            @Nullable Visit visit,
            @Nullable String tenant,
            Json json) {
        Routes.Match match = exchange.match();
        this.exchange = exchange;
        this.path = match == null ? Map.of() : match.variables();
        this.query = query;
        this.type = type;
        this.expected = expected;
        this.visit = visit;
        this.tenant = tenant;
        this.json = json;
    }

    /** The media types that are told apart. */
    enum MediaType {
        JSON,
        FORM,
        OTHER;

        HttpProblem refusal() {
            return this == FORM ? HttpProblem.FORM_EXPECTED : HttpProblem.UNSUPPORTED_MEDIA_TYPE;
        }
    }

    /** The id by which the request is found in logs, and which its answer carries. */
    public String requestId() {
        return exchange.requestId();
    }

    /** Who is calling. Not to be asked by an action that is open to everybody. */
    public Actor actor() {
        Actor caller = exchange.actor();
        if (caller == null) {
            throw new IllegalStateException("an open route has no actor");
        }
        return caller;
    }

    /** What a page needs to know of the request. Not to be asked by an action of another kind of route. */
    public Visit visit() {
        if (visit == null) {
            throw new IllegalStateException("only a page is visited");
        }
        return visit;
    }

    /** The bearer token that was shown, for the action of a route with tokens of its own. */
    public Optional<String> bearer() {
        return Optional.ofNullable(exchange.bearer());
    }

    /** The header {@code X-Tenant-Id}, for the action of a route with tokens of its own. */
    public Optional<String> tenantHeader() {
        return Optional.ofNullable(tenant);
    }

    /**
     * Says whose token it was that {@link #bearer} gave, so that the log names them. For the action of a route with tokens
     * of its own, by any thread, as long as the answer is not there.
     */
    public void identified(Actor caller) {
        if (exchange.actor() != null) {
            throw new IllegalStateException("it is known who is calling");
        }
        exchange.identified(caller);
    }

    /** A variable of the path, decoded. */
    public String path(String variable) {
        String value = path.get(variable);
        if (value == null) {
            throw new IllegalStateException("the route has such a variable");
        }
        return value;
    }

    /** What {@code If-Match} asks for. */
    public Expected expected() {
        return expected;
    }

    /** Refuses a query and a body. */
    public void bare() {
        query(Set.of());
        body(Set.of());
    }

    /**
     * The query's parameters, each once.
     *
     * @throws dev.chatelaine.http.problem.ProblemException {@code invalid_field}
     */
    public Map<String, String> query(Set<String> known) {
        FieldNames.requireKnown(query.keySet(), known);
        return query;
    }

    /**
     * The fields of the body.
     *
     * @throws dev.chatelaine.http.problem.ProblemException {@code unsupported_media_type}, {@code malformed_json},
     *     {@code invalid_field}
     */
    public Input body(Set<String> known) {
        return Input.read(json, bytes(MediaType.JSON), known);
    }

    /**
     * The body that came as JSON, not looked into, for an action that reads it by rules of its own. Not to be changed.
     *
     * @throws dev.chatelaine.http.problem.ProblemException {@code unsupported_media_type}
     */
    public byte[] json() {
        return bytes(MediaType.JSON);
    }

    /**
     * The fields of the body that a form sent.
     *
     * @throws dev.chatelaine.http.problem.ProblemException {@code form_expected}, {@code malformed_request}, {@code
     *     invalid_field}
     */
    public Form form(Set<String> known) {
        return Form.read(bytes(MediaType.FORM), known);
    }

    private byte[] bytes(MediaType wanted) {
        byte[] bytes = exchange.body();
        if (bytes.length > 0 && type != wanted) {
            throw new ProblemException(wanted.refusal());
        }
        return bytes;
    }
}
