/**
 * The three tools as functions: a call's arguments and an actor go in, and an outcome comes out that is done, failed or
 * in need of a value that only a person may enter. The package hides how arguments are checked, which service of the
 * vault does the work, and how its answers become structured content and text. It knows no transport, no protocol
 * library and no command line, and nothing in it keeps or logs what it was handed.
 */
@NullMarked
package dev.chatelaine.mcp.tool;

import org.jspecify.annotations.NullMarked;
