/**
 * The composition root of the way in by HTTP: from the settings to a server that listens. It decides whose tokens count
 * and under which names the server is known, and hides the order in which all of it is opened and closed.
 */
@NullMarked
package dev.chatelaine.mcp.serve;

import org.jspecify.annotations.NullMarked;
