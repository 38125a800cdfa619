/** The vault over HTTP: one server, one chain that every request passes, one place where a request becomes an actor. */
@NullMarked
package dev.chatelaine.http;

import org.jspecify.annotations.NullMarked;
