/**
 * The operator's commands: {@code tenant …}, {@code rotate …} and {@code audit verify}. Whoever can open the vault may
 * give them. The package hides how long work shows its progress.
 */
@NullMarked
package dev.chatelaine.mcp.cli.operator;

import org.jspecify.annotations.NullMarked;
