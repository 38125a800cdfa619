/**
 * Moving a vault from its SQLite file into a PostgreSQL database: what is copied, checked there and then declared to be
 * the vault. Values move as they are sealed; the root key is needed only to check them. How rows get from one database
 * into the other is the store's business.
 */
@NullMarked
package dev.chatelaine.vault.move;

import org.jspecify.annotations.NullMarked;
