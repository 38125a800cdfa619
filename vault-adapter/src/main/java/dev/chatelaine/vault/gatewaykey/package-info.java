/**
 * Keys that Chatelaine issues to programs that call the gateway ({@code ck_…}): who made them, which models they may ask,
 * until when they work, what they may spend. A key is shown once and kept as a hash; each row that lets somebody in or
 * says what they may carries a code by the tenant's keys, so that none is planted by whoever can write the database
 * alone. What a key has spent is counted by the ledger.
 */
@NullMarked
package dev.chatelaine.vault.gatewaykey;

import org.jspecify.annotations.NullMarked;
