package dev.chatelaine.mcp.runtime;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server of sessions, asked over REST. Safe for several threads. */
public final class SessionServer {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int UNAUTHORIZED = 401;

    private final URI origin;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /**
     * The server there.
     *
     * @param origin scheme, host and port
     */
    public SessionServer(URI origin) {
        this.origin = origin;
    }

    /** Where it is. */
    public URI origin() {
        return origin;
    }

    /**
     * Sees whether anything listens there.
     *
     * @throws VaultException {@code vault_unavailable} when nothing does
     */
    public void requireListening() throws InterruptedException {
        try {
            send(HttpRequest.newBuilder(origin.resolve("/healthz")));
        } catch (IOException e) {
            throw new VaultException(ErrorCode.VAULT_UNAVAILABLE, "Nothing answers at {}. Nothing was started.", origin)
                    .withNext("Start `chatelaine serve`, or say with --server or CHATELAINE_SERVER where it runs.")
                    .causedBy(e);
        }
    }

    /**
     * Opens a session.
     *
     * @param person whose it is to be
     * @throws ServerRefusedException when the server will not
     * @throws VaultException {@code vault_unavailable} when it gives no answer, or none that is understood
     */
    public OpenedSession open(Credentials person, SessionRequest request) throws InterruptedException {
        HttpRequest.Builder opening = asked("/v1/sessions", person)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(WireForms.bytes(request)));
        try {
            HttpResponse<byte[]> answer = send(opening);
            if (answer.statusCode() == UNAUTHORIZED) {
                throw unknownToken();
            }
            if (answer.statusCode() != CREATED) {
                throw WireForms.refusal(answer.statusCode(), answer.body());
            }
            return WireForms.opened(answer.body());
        } catch (IOException | IllegalArgumentException e) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The server at {} gave no answer that opens a session. Nothing was started.",
                            origin)
                    .causedBy(e);
        }
    }

    /**
     * Stops a session.
     *
     * @throws IOException when that is not known to have happened
     */
    public void stop(Credentials person, String session) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                send(asked("/v1/sessions/" + session + "/stop", person).POST(BodyPublishers.noBody()));
        if (answer.statusCode() != OK) {
            throw new IOException("status " + answer.statusCode());
        }
    }

    /**
     * Reads the values in force.
     *
     * @throws SessionOverException when the token does not count any more
     * @throws IOException when they cannot be had now
     * @throws VaultException for values that no child may have: {@code reserved_key_name}, {@code invalid_value}
     */
    SessionValues values(OpenedSession session) throws IOException, InterruptedException, SessionOverException {
        HttpResponse<byte[]> answer = send(authorized(session.env(), session.token()));
        byte[] body = answer.body();
        try {
            requireOk(answer.statusCode());
            return WireForms.values(body);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /**
     * Begins to follow a session.
     *
     * @param revision the newest that is known
     * @throws SessionOverException when the token does not count any more
     * @throws IOException when there is no connection
     */
    EventStream events(OpenedSession session, long revision)
            throws IOException, InterruptedException, SessionOverException {
        String scheme = "https".equals(origin.getScheme()) ? "wss" : "ws";
        URI address =
                URI.create(scheme + "://" + origin.getRawAuthority() + session.events() + "?revision=" + revision);
        return EventStream.open(client, address, session.token(), CONNECT.plus(ANSWER));
    }

    static void requireOk(int status) throws IOException, SessionOverException {
        if (status == UNAUTHORIZED) {
            throw new SessionOverException();
        }
        if (status != OK) {
            throw new IOException("status " + status);
        }
    }

    private ServerRefusedException unknownToken() {
        return new ServerRefusedException(
                UNAUTHORIZED,
                "unauthenticated",
                "The server at " + origin + " does not take the token. Nothing was started.",
                null,
                "Set CHATELAINE_TOKEN to one that it takes, from `chatelaine token` where it runs or from its identity"
                        + " provider. Unset, the vault here signs one, which counts where this vault is served.");
    }

    private HttpRequest.Builder asked(String path, Credentials person) {
        HttpRequest.Builder request = authorized(path, person.token());
        return person.tenant() == null ? request : request.header("X-Tenant-Id", person.tenant());
    }

    private HttpRequest.Builder authorized(String path, String token) {
        return HttpRequest.newBuilder(origin.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
    }

    /** Within a time for the whole exchange: the client's own timeout ends with the headers. */
    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.timeout(ANSWER).build(), BodyHandlers.ofByteArray());
        return awaited(answer, ANSWER.plus(CONNECT));
    }

    static <T> T awaited(CompletableFuture<T> answer, Duration limit) throws IOException, InterruptedException {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer in time", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException("no answer", e);
        }
    }
}
