/**
 * Which providers a tenant has keys of its own for, wherever they are kept.
 */
@NullMarked
package dev.chatelaine.vault.byok;

import org.jspecify.annotations.NullMarked;
