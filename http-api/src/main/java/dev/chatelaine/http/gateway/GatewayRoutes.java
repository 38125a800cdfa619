package dev.chatelaine.http.gateway;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.gateway.call.Caller;
import dev.chatelaine.gateway.call.Gateway;
import dev.chatelaine.gateway.call.GatewayAnswer;
import dev.chatelaine.gateway.call.GatewayModel;
import dev.chatelaine.gateway.call.Visitor;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Callers;
import dev.chatelaine.http.server.ErrorShape;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.gatewaykey.GatewayKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The endpoints of the gateway, as OpenAI's clients know them. */
public final class GatewayRoutes {
    /** The longest request, in bytes: a prompt with several pictures in it. */
    static final int LONGEST_BODY = 8 << 20;

    private final Gateway gateway;
    private final GatewayCallers callers;
    private final RequestBody bodies = new RequestBody();

    private GatewayRoutes(Gateway gateway, GatewayCallers callers) {
        this.gateway = gateway;
        this.callers = callers;
    }

    /**
     * The routes.
     *
     * @param keys by whose keys callers are known
     * @param tokens by which callers are known who show no gateway key
     */
    public static List<Route> of(Gateway gateway, GatewayKeys keys, Callers tokens) {
        GatewayRoutes routes = new GatewayRoutes(gateway, new GatewayCallers(keys, tokens));
        return List.of(
                shaped("POST", "/v1/chat/completions", routes::chat).taking(LONGEST_BODY),
                shaped("POST", "/v1/embeddings", routes::embeddings).taking(LONGEST_BODY),
                shaped("GET", "/v1/models", routes::models),
                shaped("GET", "/v1/models/{id}", routes::oneModel).withSlashes());
    }

    private static Route shaped(String method, String path, Route.Action action) {
        return Route.bearer(method, path, action).withErrors(ErrorShape.OPENAI);
    }

    private Reply chat(Call call) {
        return answer(call, gateway::chat);
    }

    private Reply embeddings(Call call) {
        return answer(call, gateway::embeddings);
    }

    /** One of the gateway's ways to answer. */
    private interface Asking {
        Mono<GatewayAnswer> ask(Visitor visitor, String id, Supplier<JsonNode> request);
    }

    private Reply answer(Call call, Asking asking) {
        Visitor visitor = callers.visitor(call);
        String id = gateway.newRequestId();
        return Reply.later(asking.ask(visitor, id, () -> request(call))
                .map(GatewayReplies::of)
                .onErrorResume(GatewayErrors::isKnown, failure -> Mono.just(GatewayErrors.reply(failure, id))));
    }

    private JsonNode request(Call call) {
        call.query(Set.of());
        return bodies.read(call.json());
    }

    private Reply models(Call call) {
        Caller caller = callers.of(call);
        call.bare();
        List<Map<String, Object>> models =
                gateway.models(caller).stream().map(GatewayRoutes::model).toList();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("object", "list");
        document.put("data", models);
        return Reply.ok(document);
    }

    private Reply oneModel(Call call) {
        Caller caller = callers.of(call);
        call.bare();
        return gateway.model(caller, call.path("id"))
                .map(model -> Reply.ok(model(model)))
                .orElseGet(() -> GatewayErrors.reply(
                        new GatewayException(
                                GatewayError.MODEL_UNKNOWN,
                                "There is no such model that this key may ask. List the models to see those it may."),
                        call.requestId()));
    }

    /** When a model was made is not known, and OpenAI's clients want a number. */
    private static Map<String, Object> model(GatewayModel model) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", model.id());
        members.put("object", "model");
        members.put("created", 0);
        members.put("owned_by", model.provider());
        return members;
    }
}
