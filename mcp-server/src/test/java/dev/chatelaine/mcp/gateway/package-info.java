/** The gateway from end to end: the served program, real sockets on both sides of it, and fakes of the providers. */
@NullMarked
package dev.chatelaine.mcp.gateway;

import org.jspecify.annotations.NullMarked;
