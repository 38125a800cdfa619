/**
 * The way from a tool call that needs a value to a person who types it: opens the ticket, gives the page's address, and
 * tells what became of it. Hides whether the page is served by this process, on the person's own machine, or by an
 * instance that many people use.
 */
@NullMarked
package dev.chatelaine.mcp.entry;

import org.jspecify.annotations.NullMarked;
