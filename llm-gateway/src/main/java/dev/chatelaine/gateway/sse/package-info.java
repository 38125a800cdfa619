/**
 * Server-sent events (WHATWG HTML, section 9.2) read from and written to bytes as they come: a parser that takes input
 * cut at any byte and holds at most one event, and a writer. Hides line endings, the byte order mark and what is left of
 * an event that did not end. Knows no network and no thread.
 */
@NullMarked
package dev.chatelaine.gateway.sse;

import org.jspecify.annotations.NullMarked;
