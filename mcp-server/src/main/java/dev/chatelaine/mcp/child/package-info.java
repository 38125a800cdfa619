/**
 * A program that this one starts, with values in its environment, and masked in what it prints. The package hides how
 * values reach a child process, how they are found again in its output, however that is cut into pieces, also while
 * values are added, and how a child is told of a signal and ended.
 */
@NullMarked
package dev.chatelaine.mcp.child;

import org.jspecify.annotations.NullMarked;
