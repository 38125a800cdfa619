/**
 * The program's entry. What a person or an MCP host started is decided here and nothing else, so that the server on
 * standard input and output does not pay for the command line.
 */
@NullMarked
package dev.chatelaine.mcp;

import org.jspecify.annotations.NullMarked;
