/**
 * The command line: one class for each command, and what it prints for people and for scripts. It hides how arguments
 * are read; the commands call the same services as the tools and hold no rules of their own.
 */
@NullMarked
package dev.chatelaine.mcp.cli;

import org.jspecify.annotations.NullMarked;
