package dev.chatelaine.http.problem;

import java.util.Locale;

/** What can be wrong with a request before the vault is asked, and with the server itself. */
public enum HttpProblem {
    MALFORMED_REQUEST(400, "The request is not well-formed HTTP, or its path can be read in more than one way."),
    MALFORMED_JSON(400, "The body is not one JSON object in UTF-8, with each name once and nested moderately."),
    UNAUTHENTICATED(401, "Send a bearer token of this server's issuer in the Authorization header."),
    HOST_REFUSED(403, "This server does not answer to that host. An operator names its hosts in the settings."),
    ORIGIN_REFUSED(403, "This server is not for pages of that origin. An operator names origins in the settings."),
    FORM_REFUSED(403, "The form was not sent by the page that it belongs to. Open the link again."),
    NOT_FOUND(404, "There is no such resource."),
    METHOD_NOT_ALLOWED(405, "The resource has no such method. The Allow header names those it has."),
    REQUEST_TIMEOUT(408, "The request came too slowly."),
    BODY_TOO_LARGE(413, "The body is too long."),
    URI_TOO_LONG(414, "The path and query are too long."),
    UNSUPPORTED_MEDIA_TYPE(415, "Send the body as application/json in UTF-8."),
    FORM_EXPECTED(415, "Send the body as application/x-www-form-urlencoded in UTF-8."),
    UPGRADE_REQUIRED(426, "There is a WebSocket here: ask for it over HTTP/1.1, in the version 13."),
    HEADERS_TOO_LARGE(431, "The header fields are too large."),
    INTERNAL_ERROR(500, "Something failed that should not. The operator finds it in the log under this request's id."),
    UNAVAILABLE(503, "The server is stopping or overloaded. Try again later.");

    private final int status;
    private final String detail;

    HttpProblem(int status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The code in snake case: {@code not_found}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String detail() {
        return detail;
    }

    /** The problem that stands for a status which the HTTP layer chose by itself. */
    public static HttpProblem ofStatus(int status) {
        for (HttpProblem problem : values()) {
            if (problem.status == status
                    && problem != MALFORMED_JSON
                    && problem != ORIGIN_REFUSED
                    && problem != FORM_REFUSED
                    && problem != FORM_EXPECTED) {
                return problem;
            }
        }
        return status < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR;
    }
}
