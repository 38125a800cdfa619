package dev.chatelaine.gateway.failure;

import java.util.Locale;

/**
 * The ways in which an attempt fails, each with what is done then and with the status that the caller gets when nothing
 * else helped. The only thing of a failure that is told and recorded.
 */
public enum FailureCategory {
    /** The provider does not take the key: 401, 403, or a text that says so. */
    KEY_REJECTED(Reaction.NEXT_CREDENTIAL, 502),
    /** The key's account has nothing left: 402, or a text that says so. */
    OUT_OF_CREDIT(Reaction.NEXT_CREDENTIAL, 502),
    /** Too many requests or tokens for now: 429. */
    RATE_LIMITED(Reaction.RETRY, 429),
    /** The provider gave up waiting: 408. */
    UPSTREAM_TIMEOUT(Reaction.RETRY, 504),
    /** Another request was in the way: 409. */
    CONFLICT(Reaction.RETRY, 502),
    /** The provider failed: 5xx. */
    SERVER_ERROR(Reaction.RETRY, 502),
    /** The provider has too much to do: 503, 529. */
    OVERLOADED(Reaction.RETRY, 503),
    /** No connection could be made in time. */
    UNREACHABLE(Reaction.RETRY, 502),
    /** The connection ended before there was an answer. */
    CONNECTION_LOST(Reaction.RETRY, 502),
    /** No part of an answer came in time. */
    FIRST_BYTE_TIMEOUT(Reaction.RETRY, 504),
    /** The deadline for everything passed. */
    DEADLINE(Reaction.STOP, 504),
    /** The request cannot be met as it is: 400, 404, 413, 422. */
    BAD_REQUEST(Reaction.RETURN, 400),
    /** The provider will not answer for what the request is about. */
    CONTENT_FILTERED(Reaction.RETURN, 400),
    /** A redirect, which is not followed. */
    REDIRECTED(Reaction.NEXT_CANDIDATE, 502),
    /** The base URL, or an address of its host, is none that may be connected to. */
    ENDPOINT_REFUSED(Reaction.NEXT_CANDIDATE, 502),
    /** What came is no answer: not JSON, not events, or longer than an answer may be. */
    INVALID_ANSWER(Reaction.NEXT_CANDIDATE, 502),
    /** A stream broke after its first part was passed on. */
    STREAM_BROKEN(Reaction.STOP, 502),
    /** A stream was quiet for too long after its first part was passed on. */
    STREAM_IDLE(Reaction.STOP, 504),
    /** The caller is gone. */
    CANCELLED(Reaction.STOP, 499);

    private final Reaction reaction;
    private final int status;

    FailureCategory(Reaction reaction, int status) {
        this.reaction = reaction;
        this.status = status;
    }

    /** What is done then. */
    public Reaction reaction() {
        return reaction;
    }

    /** The HTTP status that says so to the caller, when no candidate answered. */
    public int status() {
        return status;
    }

    /** The category as it is written in lists of attempts and in usage: {@code rate_limited}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
