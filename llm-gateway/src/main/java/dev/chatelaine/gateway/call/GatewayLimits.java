package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.upstream.UpstreamLimits;
import java.time.Duration;

/**
 * How long requests may take.
 *
 * @param deadline from the beginning of a request to the end of its answer, whoever was asked meanwhile
 * @param upstream what holds for each attempt
 */
public record GatewayLimits(Duration deadline, UpstreamLimits upstream) {
    /** 600 s in all, and {@link UpstreamLimits#DEFAULT}. */
    public static final GatewayLimits DEFAULT = new GatewayLimits(Duration.ofMinutes(10), UpstreamLimits.DEFAULT);

    public GatewayLimits {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("A deadline is more than nothing");
        }
    }
}
