/**
 * Adding Chatelaine to the configuration file of an MCP host: Claude Desktop, Claude Code, Cursor or VS Code.
 *
 * <p>The file belongs to the person and to the host. So the change is an edit of its text: one entry is put in or
 * corrected, and every other byte, comments and line ends included, stays as it was. The package hides where each host
 * keeps its file, which shape its entries have, how a place in JSON with comments is found and changed, and how the file
 * is backed up and replaced in one step. {@link dev.chatelaine.mcp.host.HostSetup} is the way in.
 */
@NullMarked
package dev.chatelaine.mcp.host;

import org.jspecify.annotations.NullMarked;
