/**
 * What goes wrong, as RFC 9457 {@code application/problem+json}: the one mapping of the vault's error codes to HTTP
 * statuses, and the codes of HTTP's own that the vault knows nothing of. How a problem is written is hidden here.
 */
@NullMarked
package dev.chatelaine.http.problem;

import org.jspecify.annotations.NullMarked;
