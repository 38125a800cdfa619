/**
 * The pool: the platform's own provider keys, used where a tenant has none or its own failed. They are sealed by the keys
 * of a tenant that is no organisation ({@code TenantId.POOL}), in which nobody may act; the operator sets and removes
 * them, and no answer shows one. How much of the pool a tenant may use is the ledger's to say.
 */
@NullMarked
package dev.chatelaine.vault.pool;

import org.jspecify.annotations.NullMarked;
