/**
 * Anthropic's Messages API behind the shape of OpenAI's chat completions: a request one way, an answer or a stream of
 * events the other. What has no counterpart is left out and named, never guessed. Pure: knows no network.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/messages">Messages</a>
 */
@NullMarked
package dev.chatelaine.gateway.anthropic;

import org.jspecify.annotations.NullMarked;
