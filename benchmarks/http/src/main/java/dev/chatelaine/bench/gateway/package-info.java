/** What the gateway adds to a call of a provider, beside no gateway, a proxy that does nothing else, and a peer. */
@NullMarked
package dev.chatelaine.bench.gateway;

import org.jspecify.annotations.NullMarked;
