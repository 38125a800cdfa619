/**
 * The providers, as far as a client can tell: each listens on a port of its own, speaks its provider's wire format,
 * refuses what that provider refuses, and can be told to behave badly. What they answer follows from what they are asked,
 * by rules that {@link dev.chatelaine.gateway.fake.Tokens} and {@link dev.chatelaine.gateway.fake.Answer} state, so that
 * a test can say beforehand what comes and what it costs.
 */
@NullMarked
package dev.chatelaine.gateway.fake;

import org.jspecify.annotations.NullMarked;
