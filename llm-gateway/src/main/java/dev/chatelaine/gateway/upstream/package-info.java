/**
 * Asks a provider, over HTTP, and hands over what it answers: as a whole, or event by event as fast as the caller takes
 * them. Everything that goes wrong becomes one exception with a category; nothing of a provider's words, headers or
 * addresses gets past it but what is on a list. Hides Jetty's client, the clocks, and how a request carries its key.
 */
@NullMarked
package dev.chatelaine.gateway.upstream;

import org.jspecify.annotations.NullMarked;
