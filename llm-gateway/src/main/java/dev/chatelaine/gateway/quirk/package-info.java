/**
 * What is left of a request for a provider that cannot take all of it, by the table in the catalogue and by nothing
 * else: no provider is named in code.
 */
@NullMarked
package dev.chatelaine.gateway.quirk;

import org.jspecify.annotations.NullMarked;
