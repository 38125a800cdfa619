package dev.chatelaine.http.server;

import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/** Whether a request opens a WebSocket (RFC 6455, section 4.2.1). */
enum Handshake {
    OPENS,
    /** It asks for something else, or for another version: it may ask again. */
    OTHER,
    /** It asks for a WebSocket, and badly. */
    BROKEN;

    /** The only version that there is. */
    static final String VERSION = "13";

    private static final int KEY_BYTES = 16;

    static Handshake of(Request request) {
        boolean asked = HttpMethod.GET.is(request.getMethod())
                && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")
                && request.getHeaders().contains(HttpHeader.CONNECTION, "upgrade");
        if (!asked || !values(request, HttpHeader.SEC_WEBSOCKET_VERSION).equals(List.of(VERSION))) {
            return OTHER;
        }
        List<String> keys = values(request, HttpHeader.SEC_WEBSOCKET_KEY);
        return keys.size() == 1 && isKey(keys.get(0)) ? OPENS : BROKEN;
    }

    private static List<String> values(Request request, HttpHeader header) {
        return request.getHeaders().getFields(header).stream()
                .map(field -> String.valueOf(field.getValue()).strip())
                .toList();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
