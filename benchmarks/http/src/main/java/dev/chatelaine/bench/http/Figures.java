package dev.chatelaine.bench.http;

import org.HdrHistogram.Histogram;

/**
 * What a run gave.
 *
 * @param perSecond answers in a second
 * @param p50 the median time of an answer, in milliseconds
 * @param p99 what 99 of 100 answers did not exceed, in milliseconds
 * @param wrong answers that had another status than they should, or did not come
 */
record Figures(double perSecond, double p50, double p99, long wrong) {
    private static final double NANOS = 1e6;

    static Figures of(Histogram nanos, double seconds, long wrong) {
        return new Figures(
                nanos.getTotalCount() / seconds,
                nanos.getValueAtPercentile(50) / NANOS,
                nanos.getValueAtPercentile(99) / NANOS,
                wrong);
    }
}
