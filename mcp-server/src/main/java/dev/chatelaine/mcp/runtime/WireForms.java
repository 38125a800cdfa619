package dev.chatelaine.mcp.runtime;

import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.crypto.SecretValue;
import java.net.URI;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bodies and frames of the server's contract, read. What is not understood is an {@link IllegalArgumentException}. */
final class WireForms {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int LONGEST_MESSAGE = 600;

    private WireForms() {}

    static byte[] bytes(SessionRequest request) {
        return MAPPER.writeValueAsBytes(request.members());
    }

    static OpenedSession opened(byte[] body) {
        try {
            JsonNode session = MAPPER.readTree(body);
            JsonNode runtime = session.path("runtime");
            String token = runtime.path("token").stringValue();
            require(Credentials.isToken(token));
            return new OpenedSession(
                    session.path("id").stringValue(),
                    token,
                    Instant.parse(runtime.path("expires_at").stringValue()),
                    path(runtime.path("env_url").stringValue()),
                    path(runtime.path("events_url").stringValue()));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a session");
        }
    }

    /** Each value is wrapped where it is read; names that would change how a program runs are refused. */
    static SessionValues values(byte[] body) {
        long revision = 0;
        SortedMap<KeyName, SecretValue> values = new TreeMap<>();
        try (JsonParser parser = MAPPER.createParser(body)) {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String member = parser.currentName();
                parser.nextToken();
                if (member.equals("revision")) {
                    revision = parser.getLongValue();
                } else if (member.equals("values")) {
                    readValues(parser, values);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            // Not as a cause: its message may quote the body.
            throw new IllegalArgumentException("not a session's values");
        }
        return new SessionValues(revision, values);
    }

    private static void readValues(JsonParser parser, SortedMap<KeyName, SecretValue> values) {
        require(parser.currentToken() == JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            KeyName key = new KeyName(parser.currentName());
            require(parser.nextToken() == JsonToken.VALUE_STRING);
            values.put(key, SecretValue.of(parser.getString()));
        }
    }

    static SessionEvent event(String frame) {
        try {
            JsonNode event = MAPPER.readTree(frame);
            SessionEvent.Kind kind = switch (event.path("event").asString("")) {
                case "hello" -> SessionEvent.Kind.HELLO;
                case "config_update" -> SessionEvent.Kind.CONFIG_UPDATE;
                case "session_stopped" -> SessionEvent.Kind.STOPPED;
                default -> SessionEvent.Kind.OTHER;
            };
            return new SessionEvent(kind, event.path("revision").asLong(0));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not an event");
        }
    }

    /** What a server that refused had to say; of a body that is no problem document only the status is told. */
    static ServerRefusedException refusal(int status, byte[] body) {
        try {
            JsonNode problem = MAPPER.readTree(body);
            String code = text(problem.path("code"));
            String detail = text(problem.path("detail"));
            if (code != null && detail != null) {
                String field = text(problem.path("errors").path(0).path("field"));
                return new ServerRefusedException(status, code, detail, field, text(problem.path("next")));
            }
        } catch (JacksonException e) {
            // No JSON, so not from the server but from something before it.
        }
        return new ServerRefusedException(
                status, "vault_unavailable", "The server answered with the status " + status + ".", null, null);
    }

    private static @Nullable String text(JsonNode node) {
        if (!node.isString()) {
            return null;
        }
        String text = node.stringValue();
        return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text;
    }

    /** The server is where this process found it, which need not be what the server calls itself. */
    private static String path(String url) {
        return URI.create(url).getRawPath();
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not a session's values");
        }
    }
}
