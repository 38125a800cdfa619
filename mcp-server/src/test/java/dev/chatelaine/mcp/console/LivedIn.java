package dev.chatelaine.mcp.console;

import dev.chatelaine.vault.bundle.Bundle;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.BundleValues;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.bundle.OpenedValue;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.session.ModelChoice;
import dev.chatelaine.vault.session.NewSession;
import dev.chatelaine.vault.session.Session;
import dev.chatelaine.vault.session.SessionQuery;
import dev.chatelaine.vault.session.StartedSession;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The bundles and sessions of {@code acme}, as they are changed elsewhere than in the console. */
record LivedIn(ServedConsole console) {
    Bundle bundle(String name, Map<String, String> values) {
        return console.vault().bundles().create(console.owner(), new BundleName(name), BundleValues.of(values));
    }

    Bundle replace(String name, Map<String, String> values) {
        return console.vault().bundles().replace(console.owner(), new BundleName(name), BundleValues.of(values));
    }

    void delete(String name) {
        console.vault().bundles().delete(console.owner(), new BundleName(name));
    }

    List<String> keys(String name) {
        return console.vault().bundles().get(console.owner(), new BundleName(name)).keyNames().stream()
                .map(KeyName::value)
                .toList();
    }

    /** Whether these are the bundle's values, to the byte, and all of them. */
    boolean holds(String name, Map<String, String> values) {
        Map<KeyName, SecretValue> wanted = new TreeMap<>();
        values.forEach((key, value) -> wanted.put(new KeyName(key), SecretValue.of(value)));
        Map<KeyName, SecretValue> found = new TreeMap<>();
        for (OpenedValue opened :
                console.vault().bundles().openForRun(console.owner(), List.of(new BundleName(name)))) {
            found.put(opened.key(), opened.value());
        }
        return wanted.equals(found);
    }

    Session start(String agent, String... bundles) {
        return start(agent, null, null, bundles).session();
    }

    StartedSession start(String agent, @Nullable ModelChoice llm, @Nullable String user, String... bundles) {
        List<BundleName> names = Stream.of(bundles).map(BundleName::new).toList();
        return console.vault()
                .sessions()
                .start(console.owner(), new NewSession(agent, null, llm, names, new TreeMap<>(), user));
    }

    void stop(Session session) {
        console.vault().sessions().stop(console.owner(), session.id());
    }

    Session session(Session session) {
        return console.vault().sessions().get(console.owner(), session.id());
    }

    /** The session that was started last. */
    Session newest() {
        return console.vault()
                .sessions()
                .list(console.owner(), SessionQuery.all())
                .sessions()
                .get(0);
    }
}
