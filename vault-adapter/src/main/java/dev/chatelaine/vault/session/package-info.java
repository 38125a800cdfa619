/**
 * Sessions: running agents that were given values of bundles and secrets. A session holds a snapshot of its own, sealed
 * for it alone; a change of a bundle or a secret reaches the snapshots of the running sessions in the transaction that
 * makes it, and whoever serves their runtimes is told by the feed. Who owns a session and who runs in it are two: the
 * first speaks to {@link dev.chatelaine.vault.session.Sessions}, the second, who has nothing but the session's token, to
 * {@link dev.chatelaine.vault.session.SessionRuntimes}. The rows and their SQL are hidden.
 */
@NullMarked
package dev.chatelaine.vault.session;

import org.jspecify.annotations.NullMarked;
