/**
 * The vault of the person at this machine: opened at the first call that needs it, for the local user as its owner.
 * The composition root of the ways in that need no network.
 */
@NullMarked
package dev.chatelaine.mcp.local;

import org.jspecify.annotations.NullMarked;
