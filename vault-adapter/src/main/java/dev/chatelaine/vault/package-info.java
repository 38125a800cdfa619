/**
 * The domain's front door: {@link dev.chatelaine.vault.Vault} opens everything and hands out the services, and
 * {@link dev.chatelaine.vault.VaultException} is the one way in which they fail. Which database is behind it, where
 * the root key comes from and how values are sealed stays hidden in the packages below.
 */
@NullMarked
package dev.chatelaine.vault;

import org.jspecify.annotations.NullMarked;
