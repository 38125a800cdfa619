/**
 * From what a request calls its model to whom to ask, in order, and with whose key. Reads the tenant's configurations,
 * keys, plan and quota through ports that the vault's services fill; opens no key itself. Hides the rules of names, of
 * fallbacks and of the pool.
 */
@NullMarked
package dev.chatelaine.gateway.resolution;

import org.jspecify.annotations.NullMarked;
