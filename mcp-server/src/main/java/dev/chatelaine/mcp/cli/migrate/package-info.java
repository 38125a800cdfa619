/**
 * The command that moves the local vault to PostgreSQL: where to, by ways in which no password is among the arguments,
 * and what came of it. How a vault is moved is the vault's business.
 */
@NullMarked
package dev.chatelaine.mcp.cli.migrate;

import org.jspecify.annotations.NullMarked;
