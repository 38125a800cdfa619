package dev.chatelaine.gateway.failure;

/** What is done after a failure. */
public enum Reaction {
    /** The key is marked failing; the candidate's next credential is tried, then the next candidate. */
    NEXT_CREDENTIAL,
    /** The same is asked again within the deadline, then the next candidate. */
    RETRY,
    /** Asking the same again would fail the same way; the next candidate may do better. */
    NEXT_CANDIDATE,
    /** The caller is told what the provider said; no one else would be asked the same bad question. */
    RETURN,
    /** Nothing more is asked: nobody waits for an answer, or part of one has been passed on. */
    STOP
}
