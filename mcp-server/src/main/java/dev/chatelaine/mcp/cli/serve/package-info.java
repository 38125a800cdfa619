/**
 * The commands of an instance that serves many: {@code serve}, and {@code token} for those whom no identity provider
 * knows. The package hides how a process waits to be ended.
 */
@NullMarked
package dev.chatelaine.mcp.cli.serve;

import org.jspecify.annotations.NullMarked;
