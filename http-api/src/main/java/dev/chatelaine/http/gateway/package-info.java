/**
 * The gateway's endpoints, {@code /v1/chat/completions}, {@code /v1/embeddings} and {@code /v1/models}: who calls, what came,
 * and in which headers and errors of OpenAI's shape the answer goes out. Whom to ask and what it costs is the gateway's own
 * affair.
 */
@NullMarked
package dev.chatelaine.http.gateway;

import org.jspecify.annotations.NullMarked;
