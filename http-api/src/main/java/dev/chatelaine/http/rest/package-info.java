/**
 * The routes: a call's fields become the vault's own types, one service is asked, its record becomes a document. What
 * a name, a description or a value may be is the vault's to say; nothing is checked twice. A value comes in by a body
 * and never by a path, a query or a header.
 */
@NullMarked
package dev.chatelaine.http.rest;

import org.jspecify.annotations.NullMarked;
