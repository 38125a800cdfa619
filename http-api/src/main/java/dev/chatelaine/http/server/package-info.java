/**
 * The server: one chain that every request passes, whatever its route. In its order: request id, security headers, log
 * and metrics; host and origin; length of the body; who is calling; the body itself; and then the route. Jetty is
 * hidden here, but for the servlets that others bring along.
 */
@NullMarked
package dev.chatelaine.http.server;

import org.jspecify.annotations.NullMarked;
