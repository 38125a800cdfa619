/**
 * {@code run}: a program with secrets in its environment and nowhere else. The package hides how values reach a child
 * process, and how they are found again in what it prints, however it is cut into pieces.
 */
@NullMarked
package dev.chatelaine.mcp.cli.run;

import org.jspecify.annotations.NullMarked;
