/**
 * One request from beginning to end: what it asks, whom to ask in which order, the reservation, the attempts, the answer or
 * the stream, the settlement. Hides in which order the vault's services are asked and on which thread: what blocks runs on
 * the caller's thread at first and on threads of its own later, never on the client's.
 */
@NullMarked
package dev.chatelaine.gateway.call;

import org.jspecify.annotations.NullMarked;
