/**
 * Running sessions' events on their way out: which sockets there are for a session, what each has been told, and what it
 * still has to be. News come from the vault's feed; where they come from, and from which process, is its affair, and how
 * a frame travels the server's. The frames themselves are known here alone.
 */
@NullMarked
package dev.chatelaine.http.session;

import org.jspecify.annotations.NullMarked;
