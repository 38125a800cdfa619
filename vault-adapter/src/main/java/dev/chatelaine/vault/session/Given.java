package dev.chatelaine.vault.session;

import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.crypto.PlacedValue;
import dev.chatelaine.vault.crypto.SecretValue;

/** What a session is given under a key. */
sealed interface Given {
    KeyName key();

    /** Where it is from. */
    String sourceId();

    /** The value of a bundle or a secret, which is not opened to be passed on. */
    record Copied(KeyName key, String sourceId, PlacedValue value) implements Given {}

    /** What the session's model says itself. */
    record Stated(KeyName key, SecretValue value) implements Given {
        @Override
        public String sourceId() {
            return Definition.MODEL;
        }
    }

    /** Nothing any more. */
    record Gone(KeyName key) implements Given {
        @Override
        public String sourceId() {
            return Definition.NOTHING;
        }
    }
}
