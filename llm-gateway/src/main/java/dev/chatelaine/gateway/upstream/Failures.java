package dev.chatelaine.gateway.upstream;

import dev.chatelaine.gateway.failure.FailureCategory;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;

/** Which category a failure of the connection belongs to. Only its type is looked at. */
final class Failures {
    private Failures() {}

    static UpstreamException of(Throwable failure) {
        return failure instanceof UpstreamException known ? known : new UpstreamException(category(failure));
    }

    private static FailureCategory category(Throwable failure) {
        if (failure instanceof VaultException refused) {
            return refused.code() == ErrorCode.BASE_URL_REFUSED
                    ? FailureCategory.ENDPOINT_REFUSED
                    : FailureCategory.UNREACHABLE;
        }
        if (failure instanceof TimeoutException) {
            return FailureCategory.FIRST_BYTE_TIMEOUT;
        }
        if (failure instanceof ConnectException
                || failure instanceof SocketTimeoutException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException
                || failure instanceof UnresolvedAddressException
                || failure instanceof SSLException) {
            return FailureCategory.UNREACHABLE;
        }
        // Where assertions are on, the HTTP parser trips over one of its own when a head with a good status is too
        // long.
        if (failure instanceof HttpResponseException
                || failure instanceof WholeBody.BodyTooLong
                || failure instanceof AssertionError) {
            return FailureCategory.INVALID_ANSWER;
        }
        return FailureCategory.CONNECTION_LOST;
    }
}
