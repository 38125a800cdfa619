/**
 * Asks a provider whether a key is good, with the cheapest request that needs one: its list of models. Hides the HTTP
 * client and how it is kept from going anywhere but to addresses that were checked.
 */
@NullMarked
package dev.chatelaine.vault.verify;

import org.jspecify.annotations.NullMarked;
