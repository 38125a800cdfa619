/**
 * What requests cost, in whole micro-dollars and tokens: never a floating-point number. A price times tokens, the worst
 * that a request can cost before it is sent, and counts where a provider does not tell.
 */
@NullMarked
package dev.chatelaine.gateway.money;

import org.jspecify.annotations.NullMarked;
