package dev.chatelaine.http.server;

import dev.chatelaine.http.json.FieldNames;
import dev.chatelaine.http.json.Json;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.vault.Expected;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** Makes a {@link Call} of a request. */
final class RequestReader {
    private static final Pattern JSON_TYPE = type("application/json");
    private static final Pattern FORM_TYPE = type("application/x-www-form-urlencoded");
    private static final Pattern REVISION = Pattern.compile("(?<![^,\\s])\"(0|[1-9][0-9]{0,17})\"");

    private final Json json;

    RequestReader(Json json) {
        this.json = json;
    }

    private static Pattern type(String type) {
        return Pattern.compile(Pattern.quote(type) + "(\\s*;\\s*charset=\"?utf-8\"?)?\\s*", Pattern.CASE_INSENSITIVE);
    }

    Call call(Request request, Exchange exchange) {
        Route.Access access = exchange.access(request.getMethod());
        return new Call(
                exchange,
                query(request),
                mediaType(request),
                expected(request),
                access == Route.Access.PAGE ? visit(request, exchange) : null,
                access == Route.Access.BEARER ? request.getHeaders().get(Authentication.TENANT) : null,
                json);
    }

    private static Visit visit(Request request, Exchange exchange) {
        String accept = String.join(",", request.getHeaders().getValuesList(HttpHeader.ACCEPT));
        return new Visit(
                exchange.actor(),
                Cookies.of(request),
                "cross-site".equals(request.getHeaders().get("Sec-Fetch-Site")),
                accept.toLowerCase(Locale.ROOT).contains("application/json"),
                exchange.isForgeable());
    }

    private static Call.MediaType mediaType(Request request) {
        List<String> types = request.getHeaders().getValuesList(HttpHeader.CONTENT_TYPE);
        if (types.size() != 1) {
            return Call.MediaType.OTHER;
        }
        if (JSON_TYPE.matcher(types.get(0)).matches()) {
            return Call.MediaType.JSON;
        }
        return FORM_TYPE.matcher(types.get(0)).matches() ? Call.MediaType.FORM : Call.MediaType.OTHER;
    }

    private static Map<String, String> query(Request request) {
        Map<String, String> once = new HashMap<>();
        for (Fields.Field field : fields(request)) {
            if (field.getValues().size() != 1) {
                FieldNames.requireKnown(Set.of(field.getName()), Set.of());
            }
            once.put(field.getName(), field.getValue());
        }
        return once;
    }

    private static Fields fields(Request request) {
        try {
            return Request.extractQueryParameters(request);
        } catch (RuntimeException e) {
            throw new ProblemException(HttpProblem.MALFORMED_REQUEST).causedBy(e);
        }
    }

    /** RFC 9110, section 13.1.1: entity tags are compared strongly; one that this server never gave matches nothing. */
    private static Expected expected(Request request) {
        if (!request.getHeaders().contains(HttpHeader.IF_MATCH)) {
            return Expected.ANY;
        }
        String tags = String.join(",", request.getHeaders().getValuesList(HttpHeader.IF_MATCH));
        if (tags.strip().equals("*")) {
            return Expected.ANY;
        }
        Set<Long> revisions = new HashSet<>();
        Matcher revision = REVISION.matcher(tags);
        while (revision.find()) {
            revisions.add(Long.parseLong(revision.group(1)));
        }
        return new Expected(revisions);
    }
}
