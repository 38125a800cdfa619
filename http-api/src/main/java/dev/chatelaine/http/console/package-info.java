/**
 * The console's own part of HTTP: signing in by link or by the organisation's provider, the cookie by which a browser is
 * known from then on, and the files that make up the pages. What a signed-in person does goes through the same REST
 * routes as every other call. The cookie's name and attributes, and where the sign-in's state is between two requests,
 * are hidden here.
 */
@NullMarked
package dev.chatelaine.http.console;

import org.jspecify.annotations.NullMarked;
