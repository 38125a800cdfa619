package dev.chatelaine.mcp.cli.run;

import dev.chatelaine.mcp.child.Injection;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.bundle.OpenedValue;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.secret.SecretUse;

/**
 * A variable of a child.
 *
 * @param key the variable
 * @param name what people know its value by
 * @param value its value
 */
record Variable(KeyName key, String name, SecretValue value) {

    static Variable of(KeyName key, SecretUse.Opened secret) {
        return new Variable(key, secret.metadata().name().value(), secret.value());
    }

    static Variable of(OpenedValue opened) {
        return new Variable(opened.key(), opened.key() + " of the bundle " + opened.bundle(), opened.value());
    }

    void putInto(Injection injection) {
        injection.put(key.value(), name, value);
    }
}
