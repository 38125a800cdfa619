package dev.chatelaine.http.gateway;

import dev.chatelaine.gateway.call.CallFacts;
import dev.chatelaine.gateway.call.GatewayAnswer;
import dev.chatelaine.gateway.sse.SseWriter;
import dev.chatelaine.http.server.Reply;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** Answers as they go out. */
final class GatewayReplies {
    static final String PREFIX = "x-chatelaine-";
    static final String REQUEST_ID = PREFIX + "request-id";
    static final String ATTEMPTS = PREFIX + "attempts";
    private static final int MOST_CHANGED = 20;
    /** The caller's own names of fields go into a header only where they look like some. */
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,64}");
    /** What a header may hold of a model's name, which a configuration may give any characters. */
    private static final Pattern NOT_PLAIN = Pattern.compile("[^\\x21-\\x7e]");

    private GatewayReplies() {}

    static Reply of(GatewayAnswer answer) {
        Reply reply = answer instanceof GatewayAnswer.Whole whole
                ? Reply.bytes("application/json", JsonMapper.shared().writeValueAsBytes(whole.body()))
                : Reply.events(((GatewayAnswer.Stream) answer).events().map(SseWriter::write));
        reply = facts(reply, answer.facts());
        if (answer instanceof GatewayAnswer.Whole whole && whole.microUsd() != null) {
            reply = reply.with(PREFIX + "cost-micro-usd", String.valueOf(whole.microUsd()));
        }
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    private static Reply facts(Reply reply, CallFacts facts) {
        Reply told = reply.with(REQUEST_ID, facts.requestId())
                .with(PREFIX + "provider", facts.provider())
                .with(PREFIX + "model", NOT_PLAIN.matcher(facts.model()).replaceAll("?"))
                .with(PREFIX + "credential", facts.credential())
                .with(ATTEMPTS, String.valueOf(facts.attempts()));
        List<String> changed = facts.changed().stream()
                .filter(name -> FIELD.matcher(name).matches())
                .limit(MOST_CHANGED)
                .toList();
        return changed.isEmpty() ? told : told.with(PREFIX + "changed", String.join(", ", changed));
    }
}
