/**
 * Signing in by an organisation's OpenID provider: authorization code with PKCE (OpenID Connect Core 1.0, section 3.1; RFC
 * 7636). A sign-in under way is nowhere but in the browser that began it: state, nonce and verifier are derived from one
 * secret in its cookie, so that a database that is read by others gives nothing away. Codes and tokens are in no message
 * and no log. Nimbus' OAuth library is hidden here.
 */
@NullMarked
package dev.chatelaine.http.openid;

import org.jspecify.annotations.NullMarked;
