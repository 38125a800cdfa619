/**
 * Changing keys while everything goes on. The root key's rotation seals the tenants' keyrings anew, a tenant's
 * rotation that tenant's values; both work in small transactions between other writers' and go on where they were
 * interrupted.
 */
@NullMarked
package dev.chatelaine.vault.rotation;

import org.jspecify.annotations.NullMarked;
