package dev.chatelaine.mcp.runtime;

import dev.chatelaine.mcp.child.Signal;
import java.time.Duration;

/**
 * How a child is looked after.
 *
 * @param onUpdate what happens when values change
 * @param signal which one, where it is to be one
 * @param grace how long the child may take to end
 * @param terminal whether a person's Ctrl-C reaches the child by itself
 */
public record Manner(OnUpdate onUpdate, Signal signal, Duration grace, boolean terminal) {}
