/**
 * Who acts and what they may do. Roles give permissions by one table; a service asks {@code AccessPolicy} before it
 * does anything, and a refusal is written to the audit. How a caller proved who they are is not known here.
 */
@NullMarked
package dev.chatelaine.vault.access;

import org.jspecify.annotations.NullMarked;
