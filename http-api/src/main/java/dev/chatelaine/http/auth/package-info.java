/**
 * Who is calling: a bearer token becomes an {@link dev.chatelaine.vault.access.Actor} or is refused. The rules are the
 * same whether an organisation's own provider issued the token or this instance did; where keys come from, how they are
 * cached and what an unreachable issuer means stays hidden behind {@link dev.chatelaine.http.auth.TrustedIssuer}. A
 * token, or any part of one, is never in a message or a log.
 */
@NullMarked
package dev.chatelaine.http.auth;

import org.jspecify.annotations.NullMarked;
