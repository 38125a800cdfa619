/**
 * What happened, to what, by whom: an event for every change, every opening of a value and every refusal, written in
 * the transaction of the thing itself. A tenant's events form a chain under a key of that tenant's, so that one that
 * was changed, removed or moved is found. How the chain is computed is hidden here.
 */
@NullMarked
package dev.chatelaine.vault.audit;

import org.jspecify.annotations.NullMarked;
