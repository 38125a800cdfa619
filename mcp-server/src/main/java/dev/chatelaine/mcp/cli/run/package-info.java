/**
 * {@code run}: a program with secrets in its environment and nowhere else. The package hides how what is typed becomes
 * the values of a child.
 */
@NullMarked
package dev.chatelaine.mcp.cli.run;

import org.jspecify.annotations.NullMarked;
