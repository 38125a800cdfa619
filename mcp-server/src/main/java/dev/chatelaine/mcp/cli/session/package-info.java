/**
 * {@code session …}: the reference runtime, and what an operator does with sessions. The package hides where the server
 * and the person's token come from, and how this process ends in order when it is told to.
 */
@NullMarked
package dev.chatelaine.mcp.cli.session;

import org.jspecify.annotations.NullMarked;
