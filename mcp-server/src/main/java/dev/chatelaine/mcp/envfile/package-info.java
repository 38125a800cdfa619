/**
 * Environment files ({@code .env}), which have many readers and no standard. Reading takes what those agree on and
 * refuses, with the line's number and never its text, what they read differently; writing chooses for each value the
 * quotes that the most of them read. The package hides the quoting, and how a file is replaced without anybody but its
 * owner seeing it.
 */
@NullMarked
package dev.chatelaine.mcp.envfile;

import org.jspecify.annotations.NullMarked;
