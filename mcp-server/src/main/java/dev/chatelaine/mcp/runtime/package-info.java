/**
 * The reference runtime of a session: it opens one on a server, follows what the server tells of it, and keeps a child
 * supplied with the values that are in force. The package hides the frames and requests, when to connect again, how
 * updates that come in quick succession become one, and the order in which a child, its env file and the session end.
 */
@NullMarked
package dev.chatelaine.mcp.runtime;

import org.jspecify.annotations.NullMarked;
