/**
 * The keys that requests of the gateway are made with, wherever they are kept: with an LLM configuration, among the
 * tenant's secrets, in the pool. Says which there are, opens one for a request in the transaction of its reservation, and
 * takes down what its provider said of it. Hides where keys are kept; whom to ask with which key is the gateway's to say.
 */
@NullMarked
package dev.chatelaine.vault.upstreamkey;

import org.jspecify.annotations.NullMarked;
