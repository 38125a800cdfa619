/**
 * {@code bundle …}: sets of values that programs get together, by the names of their environment variables. Values come
 * in from an environment file or standard input; nothing here ever shows one.
 */
@NullMarked
package dev.chatelaine.mcp.cli.bundle;

import org.jspecify.annotations.NullMarked;
