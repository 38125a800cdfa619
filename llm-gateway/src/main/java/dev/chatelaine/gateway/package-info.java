/**
 * From a model's name to an answer: whom to ask and with whose key ({@code resolution}), how to ask ({@code upstream},
 * {@code sse}, {@code anthropic}, {@code quirk}), what a failure means ({@code failure}) and what an answer costs
 * ({@code money}). Knows neither a database nor who calls: what it needs of the vault's services are ports.
 */
@NullMarked
package dev.chatelaine.gateway;

import org.jspecify.annotations.NullMarked;
