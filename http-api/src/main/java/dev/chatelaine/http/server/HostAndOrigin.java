package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.HttpProblem;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets no page of another site in: a host that this server does not answer to is the sign of DNS rebinding, an origin
 * that is neither its own nor allowed that of a foreign page.
 */
final class HostAndOrigin extends Handler.Wrapper {
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9_.-]+)(:[0-9]{1,5})?");

    private final Answers answers;
    private final Set<String> hosts;
    private final Set<String> origins;
    private final Set<String> ownOrigins;

    HostAndOrigin(Answers answers, HttpOptions options, Handler next) {
        super(next);
        this.answers = answers;
        this.hosts = options.allowedHosts();
        this.origins = options.allowedOrigins();
        this.ownOrigins = options.ownOrigins();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isHostAllowed(request)) {
            answers.problem(request, response, callback, HttpProblem.HOST_REFUSED);
            return true;
        }
        if (!isOriginAllowed(request)) {
            answers.problem(request, response, callback, HttpProblem.ORIGIN_REFUSED);
            return true;
        }
        return super.handle(request, response, callback);
    }

    private boolean isHostAllowed(Request request) {
        String meant = String.valueOf(request.getHttpURI().getHost()).toLowerCase(Locale.ROOT);
        return isAllowed(hosts, only(request, HttpHeader.HOST)) && hosts.contains(meant);
    }

    /** Whether a {@code Host} header names one of these hosts, on any port. */
    static boolean isAllowed(Set<String> hosts, String header) {
        Matcher parts = HOST.matcher(header);
        return parts.matches() && hosts.contains(parts.group(1));
    }

    private boolean isOriginAllowed(Request request) {
        return !request.getHeaders().contains(HttpHeader.ORIGIN)
                || isOwn(request, ownOrigins)
                || origins.contains(only(request, HttpHeader.ORIGIN));
    }

    /** Whether a request says that a page of this very server caused it. */
    static boolean isOwn(Request request, Set<String> ownOrigins) {
        String origin = only(request, HttpHeader.ORIGIN);
        String own = (request.isSecure() ? "https://" : "http://") + only(request, HttpHeader.HOST);
        return origin.equals(own) || ownOrigins.contains(origin);
    }

    /** A header that is there once, in lower case; else a text that is no host and no origin. */
    static String only(Request request, HttpHeader header) {
        List<String> values = request.getHeaders().getFields(header).stream()
                .map(field -> String.valueOf(field.getValue()).toLowerCase(Locale.ROOT))
                .toList();
        return values.size() == 1 ? values.get(0) : "";
    }
}
