package dev.chatelaine.mcp.runtime;

/** What a child is given when the values change. */
public enum OnUpdate {
    /** It is ended and started again with the new values in its environment. */
    RESTART,
    /** Its env file is rewritten, and it gets a signal. */
    SIGNAL,
    /** Its env file is rewritten. */
    FILE
}
