package dev.chatelaine.http.openid;

/** A sign-in that did not come about. It says why by its kind alone: what came is in no message. */
public final class OpenIdException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** The browser shows no sign-in under way, or one that began too long ago. */
        EXPIRED,
        /** What came back does not belong to this sign-in, or the provider does not stand by it. */
        REFUSED,
        /** The provider cannot be reached. */
        UNAVAILABLE
    }

    private final Kind kind;

    OpenIdException(Kind kind) {
        super(kind.name(), null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
