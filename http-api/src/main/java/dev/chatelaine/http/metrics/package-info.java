/** What is counted and timed, for Prometheus. No label holds a name, an id or anything else that a caller chose. */
@NullMarked
package dev.chatelaine.http.metrics;

import org.jspecify.annotations.NullMarked;
