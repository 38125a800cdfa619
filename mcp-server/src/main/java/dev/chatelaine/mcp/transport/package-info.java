/**
 * The MCP server on standard input and output: lines become messages, messages go to the SDK's session, tool calls
 * leave the reading thread, and the answers go out one line each. What a hostile or broken host can send (lines without
 * end, bytes that are no text, texts that are no message) is dealt with here and reaches nobody else; so is the price
 * of JSON at start-up. Nothing in this package knows what a tool does.
 */
@NullMarked
package dev.chatelaine.mcp.transport;

import org.jspecify.annotations.NullMarked;
