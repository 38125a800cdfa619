package dev.chatelaine.http.server;

import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.provider.KnownKeyShapes;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** The id by which a request is found in logs: the caller's, where it is fit to be logged, or one that is made. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    private final Ids ids;

    RequestIds(Ids ids) {
        this.ids = ids;
    }

    String of(Request request) {
        List<String> given = request.getHeaders().getValuesList(HEADER);
        return given.size() == 1 && fit(given.get(0)) ? given.get(0) : ids.next("req_");
    }

    private static boolean fit(String given) {
        return FIT.matcher(given).matches() && !KnownKeyShapes.containsKey(given);
    }
}
