package dev.chatelaine.gateway.failure;

import static dev.chatelaine.gateway.failure.FailureCategory.BAD_REQUEST;
import static dev.chatelaine.gateway.failure.FailureCategory.CONFLICT;
import static dev.chatelaine.gateway.failure.FailureCategory.CONTENT_FILTERED;
import static dev.chatelaine.gateway.failure.FailureCategory.INVALID_ANSWER;
import static dev.chatelaine.gateway.failure.FailureCategory.KEY_REJECTED;
import static dev.chatelaine.gateway.failure.FailureCategory.OUT_OF_CREDIT;
import static dev.chatelaine.gateway.failure.FailureCategory.OVERLOADED;
import static dev.chatelaine.gateway.failure.FailureCategory.RATE_LIMITED;
import static dev.chatelaine.gateway.failure.FailureCategory.REDIRECTED;
import static dev.chatelaine.gateway.failure.FailureCategory.SERVER_ERROR;
import static dev.chatelaine.gateway.failure.FailureCategory.UPSTREAM_TIMEOUT;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which category an answer that is no answer belongs to. Signs come before the status, for providers tell a key that is
 * out of credit with 400, 402, 403 and 429, and a refusal of content with 400 and 403; of the signs, the first of the
 * table that fits decides. A sign counts only with the statuses beside it.
 */
public final class FailureTable {
    private static final int OK = 200;

    private static final List<Row> CODES = List.of(
            new Row("content_filter", CONTENT_FILTERED, 200, 400, 403, 422),
            new Row("content_policy_violation", CONTENT_FILTERED, 200, 400, 403, 422),
            new Row("data_inspection_failed", CONTENT_FILTERED, 200, 400),
            new Row("insufficient_quota", OUT_OF_CREDIT, 200, 400, 402, 403, 429),
            new Row("billing_hard_limit_reached", OUT_OF_CREDIT, 200, 400, 402, 403, 429),
            new Row("billing_error", OUT_OF_CREDIT, 200, 400, 402, 403),
            new Row("credit_limit", OUT_OF_CREDIT, 200, 402, 403, 429),
            new Row("invalid_api_key", KEY_REJECTED, 200, 400, 404),
            new Row("api_key_invalid", KEY_REJECTED, 200, 400),
            new Row("authentication_error", KEY_REJECTED, 200, 400),
            new Row("permission_error", KEY_REJECTED, 200),
            new Row("rate_limit_error", RATE_LIMITED, 200),
            new Row("rate_limit_exceeded", RATE_LIMITED, 200, 400),
            new Row("resource_exhausted", RATE_LIMITED, 200),
            new Row("overloaded_error", OVERLOADED, 200, 500),
            new Row("timeout_error", UPSTREAM_TIMEOUT, 200),
            new Row("api_error", SERVER_ERROR, 200),
            new Row("server_error", SERVER_ERROR, 200),
            new Row("internal_server_error", SERVER_ERROR, 200),
            new Row("invalid_request_error", BAD_REQUEST, 200),
            new Row("not_found_error", BAD_REQUEST, 200),
            new Row("request_too_large", BAD_REQUEST, 200));

    private static final List<Row> WORDS = List.of(
            new Row("credit balance is too low", OUT_OF_CREDIT, 200, 400, 403),
            new Row("insufficient balance", OUT_OF_CREDIT, 200, 400, 402, 403, 429),
            new Row("exceeded your current quota, please check your plan and billing", OUT_OF_CREDIT, 429),
            new Row("used all available credits", OUT_OF_CREDIT, 400, 403, 429),
            new Row("incorrect api key", KEY_REJECTED, 200, 400),
            new Row("api key not valid", KEY_REJECTED, 200, 400),
            new Row("invalid api key", KEY_REJECTED, 200, 400),
            new Row("api key expired", KEY_REJECTED, 200, 400),
            new Row("content management policy", CONTENT_FILTERED, 400),
            new Row("violates usage guidelines", CONTENT_FILTERED, 400, 403),
            new Row("content violates", CONTENT_FILTERED, 400, 403));

    private static final Map<Integer, FailureCategory> STATUSES = Map.ofEntries(
            Map.entry(401, KEY_REJECTED),
            Map.entry(402, OUT_OF_CREDIT),
            Map.entry(403, KEY_REJECTED),
            Map.entry(407, INVALID_ANSWER),
            Map.entry(408, UPSTREAM_TIMEOUT),
            Map.entry(409, CONFLICT),
            Map.entry(425, CONFLICT),
            Map.entry(429, RATE_LIMITED),
            Map.entry(503, OVERLOADED),
            Map.entry(504, UPSTREAM_TIMEOUT),
            Map.entry(529, OVERLOADED));

    private FailureTable() {}

    /**
     * The category of an answer whose status, or whose body, says that it is an error.
     *
     * @param status the answer's status
     * @param signs what its body says
     * @param rejectionMarks further words by which this provider says that a key is not valid, as the catalogue has
     *     them
     */
    public static FailureCategory classify(int status, ErrorSigns signs, List<String> rejectionMarks) {
        for (Row row : CODES) {
            if (row.counts(status) && signs.hasCode(row.sign())) {
                return row.category();
            }
        }
        for (Row row : WORDS) {
            if (row.counts(status) && signs.says(row.sign())) {
                return row.category();
            }
        }
        if (status == 400 && rejectionMarks.stream().anyMatch(mark -> marks(signs, mark))) {
            return KEY_REJECTED;
        }
        return byStatus(status);
    }

    private static boolean marks(ErrorSigns signs, String mark) {
        String lower = mark.toLowerCase(Locale.ROOT);
        return signs.says(lower) || signs.codes().contains(lower);
    }

    private static FailureCategory byStatus(int status) {
        FailureCategory known = STATUSES.get(status);
        if (known != null) {
            return known;
        }
        if (status >= 500) {
            return SERVER_ERROR;
        }
        if (status >= 400) {
            return BAD_REQUEST;
        }
        // An error in an answer of success is the provider's failure; anything else is no answer at all.
        if (status >= 300) {
            return REDIRECTED;
        }
        return status == OK ? SERVER_ERROR : INVALID_ANSWER;
    }

    /** One sign of the table, with the statuses that it counts with. */
    private record Row(String sign, FailureCategory category, List<Integer> statuses) {
        Row(String sign, FailureCategory category, Integer... statuses) {
            this(sign, category, List.of(statuses));
        }

        boolean counts(int status) {
            return statuses.contains(status);
        }
    }
}
