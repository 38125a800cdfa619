package dev.chatelaine.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What a run gave.
 *
 * @param perSecond whole answers in a second
 * @param whole how long until an answer was whole
 * @param first how long until its header
 * @param wrong answers that had another status or end than they should, or did not come
 */
public record Figures(double perSecond, Times whole, Times first, long wrong) {
    private static final double NANOS = 1e6;

    /** Percentiles, in milliseconds. */
    public record Times(double p50, double p95, double p99) {
        static Times of(Histogram nanos) {
            return new Times(at(nanos, 50), at(nanos, 95), at(nanos, 99));
        }

        private static double at(Histogram nanos, int percentile) {
            return nanos.getValueAtPercentile(percentile) / NANOS;
        }

        /** What these are longer than those. */
        public Times minus(Times other) {
            return new Times(p50 - other.p50, p95 - other.p95, p99 - other.p99);
        }
    }

    static Figures of(Histogram whole, Histogram first, double seconds, long wrong) {
        return new Figures(whole.getTotalCount() / seconds, Times.of(whole), Times.of(first), wrong);
    }
}
