/**
 * One request from beginning to end: what it asks, whom to ask in which order, the reservation, the attempts, the answer or
 * the stream, the settlement. Hides in which order the vault's services are asked and on which thread: what blocks runs on
 * threads of its own, never on a caller's or the client's.
 */
@NullMarked
package dev.chatelaine.gateway.call;

import org.jspecify.annotations.NullMarked;
