/** Callers who ask one thing again and again, and how long that took. */
@NullMarked
package dev.chatelaine.bench.load;

import org.jspecify.annotations.NullMarked;
