/**
 * The organisations in the vault: their names, their plans, and the making of their keyrings.
 */
@NullMarked
package dev.chatelaine.vault.tenant;

import org.jspecify.annotations.NullMarked;
