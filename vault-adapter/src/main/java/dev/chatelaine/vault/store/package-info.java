/**
 * The database behind two verbs, read and write: connections, the queue of writers, dialects and migrations. A unit
 * of work is one transaction, and its SQL is the same for SQLite and PostgreSQL; what differs is in
 * {@link dev.chatelaine.vault.store.Dialect} alone. Units that would queue for the same thing can be made one, in a
 * {@link dev.chatelaine.vault.store.GroupCommit}.
 */
@NullMarked
package dev.chatelaine.vault.store;

import org.jspecify.annotations.NullMarked;
