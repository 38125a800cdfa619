package dev.chatelaine.vault.verify;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Reads from an answer what it says about the key, which the status alone tells as soon as it is there; the rest is not
 * waited for. Only a 400 is read on, up to a bound, for the mark of a rejected key. No part of the answer is kept.
 */
final class ModelsAnswer implements Response.Listener {
    private static final int LONGEST_BODY = 256 * 1024;

    private final List<String> rejectionMarks;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final CompletableFuture<VerificationStatus> status = new CompletableFuture<>();

    ModelsAnswer(List<String> rejectionMarks) {
        this.rejectionMarks = rejectionMarks;
    }

    /** Completes with the status, or with why there was no answer. */
    Future<VerificationStatus> status() {
        return status;
    }

    @Override
    public void onHeaders(Response response) {
        switch (response.getStatus()) {
            case HttpStatus.OK_200 -> settle(response, VerificationStatus.VALID);
            case HttpStatus.UNAUTHORIZED_401, HttpStatus.FORBIDDEN_403 -> settle(response, VerificationStatus.INVALID);
            case HttpStatus.BAD_REQUEST_400 -> {
                if (rejectionMarks.isEmpty()) {
                    settle(response, VerificationStatus.UNREACHABLE);
                }
            }
            default -> settle(response, VerificationStatus.UNREACHABLE);
        }
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
        byte[] bytes = new byte[Math.min(content.remaining(), LONGEST_BODY - body.size())];
        content.get(bytes);
        body.writeBytes(bytes);
        if (body.size() == LONGEST_BODY) {
            settle(response, byMarks());
        }
    }

    @Override
    public void onComplete(Result result) {
        Throwable failure = result.getFailure();
        if (failure == null) {
            status.complete(byMarks());
        } else {
            status.completeExceptionally(failure);
        }
    }

    private VerificationStatus byMarks() {
        String text = body.toString(StandardCharsets.UTF_8);
        return rejectionMarks.stream().anyMatch(text::contains)
                ? VerificationStatus.INVALID
                : VerificationStatus.UNREACHABLE;
    }

    private void settle(Response response, VerificationStatus settled) {
        status.complete(settled);
        var unused = response.abort(new AnswerKnown());
    }

    /** Ends an exchange whose answer is known. Nobody sees it. */
    private static final class AnswerKnown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AnswerKnown() {
            super("The answer is known", null, false, false);
        }
    }
}
