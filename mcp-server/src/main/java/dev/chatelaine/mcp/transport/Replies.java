package dev.chatelaine.mcp.transport;

/** Where the answers to a message go. Safe for several threads. */
interface Replies {
    /** Takes one answer: a record of the SDK's, or JSON as maps and lists. */
    void add(Object answer);
}
