package dev.chatelaine.mcp.runtime;

/**
 * What the server says about a session.
 *
 * @param kind what happened
 * @param revision the session's revision; 0 where the event has none
 */
record SessionEvent(Kind kind, long revision) {
    enum Kind {
        HELLO,
        CONFIG_UPDATE,
        STOPPED,
        /** One that this program does not know, and passes over. */
        OTHER
    }
}
