package dev.chatelaine.http.session;

import dev.chatelaine.http.server.SocketSource.Text;
import dev.chatelaine.vault.bundle.KeyName;
import java.util.Collection;
import java.util.stream.Collectors;

/** The frames as they go over the wire. They carry names, which need no escaping, and never values. */
final class Frames {
    private Frames() {}

    static Text hello(long revision) {
        return text("hello", ",\"revision\":" + revision);
    }

    static Text update(Collection<KeyName> keys, long revision) {
        String names = keys.stream().map(key -> '"' + key.value() + '"').collect(Collectors.joining(","));
        return text("config_update", ",\"keys\":[" + names + "],\"revision\":" + revision);
    }

    static Text stopped() {
        return text("session_stopped", "");
    }

    private static Text text(String event, String more) {
        return new Text("{\"type\":\"system\",\"event\":\"" + event + "\"" + more + "}");
    }
}
