package dev.chatelaine.http.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Reads the cookies of a request (RFC 6265, section 4.2.1). A name that comes twice names nothing. */
final class Cookies {
    private Cookies() {}

    static Map<String, String> of(Request request) {
        Map<String, String> cookies = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (String header : request.getHeaders().getFields(HttpHeader.COOKIE).stream()
                .map(field -> String.valueOf(field.getValue()))
                .toList()) {
            for (String pair : List.of(header.split(";", -1))) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? "" : pair.substring(0, equals).strip();
                if (!name.isEmpty()
                        && cookies.put(name, pair.substring(equals + 1).strip()) != null) {
                    twice.add(name);
                }
            }
        }
        twice.forEach(cookies::remove);
        return cookies;
    }
}
