package dev.chatelaine.http.gateway;

import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.gateway.call.CallFailedException;
import dev.chatelaine.gateway.failure.Attempt;
import dev.chatelaine.gateway.upstream.ProviderMessage;
import dev.chatelaine.http.problem.OpenAiError;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refusals and failures of the gateway, in OpenAI's shape. */
final class GatewayErrors {
    private GatewayErrors() {}

    /** Whether this is a failure that the caller is told of; what fails otherwise is a mistake of the program's. */
    static boolean isKnown(Throwable failure) {
        return failure instanceof GatewayException
                || failure instanceof CallFailedException
                || (failure instanceof VaultException known
                        && known.code() != ErrorCode.VAULT_UNAVAILABLE
                        && known.code() != ErrorCode.INTEGRITY_FAILED
                        && known.code() != ErrorCode.PERMISSION_DENIED);
    }

    static Reply reply(Throwable failure, String id) {
        if (failure instanceof CallFailedException failed) {
            return failed(failed);
        }
        if (failure instanceof GatewayException refused) {
            return refused(refused, id);
        }
        if (failure instanceof VaultException refused) {
            return reply(Problem.of(refused), id);
        }
        throw new IllegalArgumentException("not a failure of the gateway's", failure);
    }

    private static Reply refused(GatewayException e, String id) {
        String message = String.valueOf(e.getMessage());
        List<Problem.FieldError> fields =
                e.field() == null ? List.of() : List.of(new Problem.FieldError(e.field(), message));
        return reply(new Problem(e.error().status(), e.error().code(), message, fields, null), id);
    }

    private static Reply reply(Problem problem, String id) {
        return new Reply(
                        problem.status(),
                        new Reply.Document(OpenAiError.of(problem).members(id)),
                        null,
                        List.of())
                .with(GatewayReplies.REQUEST_ID, id);
    }

    private static Reply failed(CallFailedException e) {
        ProviderMessage said = e.said();
        String code = said == null || said.code() == null ? e.category().label() : said.code();
        String message = said == null ? String.valueOf(e.getMessage()) : said.message();
        List<Problem.FieldError> fields = said == null || said.param() == null
                ? List.of()
                : List.of(new Problem.FieldError(said.param(), message));
        List<Map<String, Object>> attempts =
                e.attempts().stream().map(GatewayErrors::attempt).toList();
        Map<String, Object> document = OpenAiError.of(new Problem(e.status(), code, message, fields, null))
                .members(e.requestId(), Map.of("attempts", attempts));
        Reply reply = new Reply(e.status(), new Reply.Document(document), null, List.of())
                .with(GatewayReplies.REQUEST_ID, e.requestId())
                .with(GatewayReplies.ATTEMPTS, String.valueOf(e.attempts().size()));
        Long seconds = seconds(e.retryAfter());
        return seconds == null ? reply : reply.with("Retry-After", String.valueOf(seconds));
    }

    private static Map<String, Object> attempt(Attempt attempt) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("model", attempt.model());
        members.put("credential", attempt.credential());
        members.put("category", attempt.category().label());
        if (attempt.status() != null) {
            members.put("status", attempt.status());
        }
        return members;
    }

    /** Whole seconds, rounded up, as HTTP has them. */
    private static @Nullable Long seconds(@Nullable Duration wait) {
        return wait == null ? null : Long.valueOf(wait.plusMillis(999).toSeconds());
    }
}
