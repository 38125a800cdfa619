package dev.chatelaine.mcp.gateway;

import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.gateway.fake.Script;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The ways in which a provider fails, each of which says aloud, wherever it can, the key and the prompt that it was asked
 * with, and an answer.
 */
final class Misbehaviours {
    private static final List<Integer> STATUSES =
            List.of(400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 529);
    private static final int TRIES = 3;

    private final FakeProvider provider;
    private final String aloud;
    private final String headers;
    private final String answer;

    Misbehaviours(FakeProvider provider, String key, String prompt, String answer) {
        this.provider = provider;
        this.aloud = "key " + key + " prompt " + prompt + " answer " + answer;
        this.answer = answer;
        this.headers = "Retry-After: 0\r\nx-request-id: " + key + "\r\nrequest-id: " + key + "\r\nSet-Cookie: k=" + key
                + "\r\nx-ratelimit-reset-tokens: " + key + "\r\nanthropic-organization-id: " + key
                + "\r\nopenai-organization: " + key + "\r\n";
    }

    /** One way, as often as it may be asked for. */
    record Way(String name, Script script) {
        List<Script> tries() {
            return List.of(script, script, script).subList(0, TRIES);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What comes in place of an answer, whether a whole one was asked for or a stream. */
    List<Way> whole() {
        List<Way> ways = new ArrayList<>();
        for (int status : STATUSES) {
            ways.add(new Way("status " + status, Script.answer(status, headers, provider.errorBody(status, aloud))));
        }
        ways.add(new Way("200 with an error", Script.answer(200, headers, provider.errorBody(400, aloud))));
        ways.add(new Way("no JSON", Script.answer(200, headers, "{" + aloud)));
        ways.add(new Way("key in an answer", Script.answer(200, headers, message(aloud))));
        ways.add(new Way("key in headers alone", Script.answer(200, headers, message(answer))));
        ways.add(new Way("redirect", Script.answer(307, "Location: http://169.254.169.254/" + headers, "{}")));
        ways.add(new Way("reset", Script.reset("")));
        ways.add(new Way("50 MiB", exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 52428800\r\n\r\n");
            byte[] piece = (aloud + " ".repeat((1 << 20) - aloud.length())).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 50; i++) {
                exchange.write(piece);
            }
        }));
        return ways;
    }

    /** Streams that begin well. */
    List<Way> streams() {
        String begun = begun();
        return List.of(
                new Way("cut", Script.cut(begun)),
                new Way("cut in an event", Script.cut(begun + "data: {\"" + aloud)),
                new Way("no JSON in it", Script.cut(begun + "data: {" + aloud + "}\n\n")),
                new Way("reset in it", Script.reset(begun)),
                new Way("an error in it", Script.cut(begun + event("error", provider.errorBody(529, aloud)))),
                new Way("key in it", Script.cut(begun + piece(aloud))),
                new Way("an error first", Script.cut(event("error", provider.errorBody(400, aloud)))),
                new Way("key first", Script.cut(begun("") + piece(aloud))));
    }

    /** The beginning of a stream, with the answer in it. */
    String begun() {
        return begun(answer);
    }

    private String begun(String text) {
        if (!isAnthropic()) {
            return piece(text);
        }
        return event(
                        "message_start",
                        "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":"
                                + "\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,\"usage\":"
                                + "{\"input_tokens\":3,\"output_tokens\":1}}}")
                + event(
                        "content_block_start",
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":"
                                + "\"\"}}")
                + piece(text);
    }

    private String piece(String text) {
        return isAnthropic()
                ? event(
                        "content_block_delta",
                        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
                                + text + "\"}}")
                : "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                        + "[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}]}\n\n";
    }

    private String event(String type, String data) {
        return (isAnthropic() ? "event: " + type + "\n" : "") + "data: " + data + "\n\n";
    }

    private String message(String text) {
        return isAnthropic()
                ? "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[{\"type\":"
                        + "\"text\",\"text\":\"" + text + "\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                        + "\"usage\":{\"input_tokens\":3,\"output_tokens\":2}}"
                : "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"" + text
                        + "\"},\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}";
    }

    private boolean isAnthropic() {
        return provider.id().equals("anthropic");
    }
}
