package dev.chatelaine.vault;

import static dev.chatelaine.vault.TestVault.OWNER;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.bundle.Bundle;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.BundleValues;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.session.Injection;
import dev.chatelaine.vault.session.Missed;
import dev.chatelaine.vault.session.ModelChoice;
import dev.chatelaine.vault.session.NewSession;
import dev.chatelaine.vault.session.StartedSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Short words for what tests of bundles and sessions do most, as {@link TestVault#OWNER}. */
public record TestSessions(TestVault test) {

    /** Keys and values in turn. */
    public static BundleValues values(String... keysAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return BundleValues.of(values);
    }

    /** Keys and values in turn, as a runtime is given them. */
    public static SortedMap<KeyName, SecretValue> given(String... keysAndValues) {
        return values(keysAndValues).values();
    }

    public static List<KeyName> keys(String... names) {
        return Stream.of(names).map(KeyName::new).toList();
    }

    /** A session of bundles. */
    public static NewSession with(String... bundles) {
        return with(null, Map.of(), bundles);
    }

    /** A session of a model, single secrets by their keys, and bundles. */
    public static NewSession with(@Nullable ModelChoice llm, Map<String, String> refs, String... bundles) {
        SortedMap<KeyName, SecretName> named = new TreeMap<>();
        refs.forEach((key, name) -> named.put(new KeyName(key), new SecretName(name)));
        return new NewSession(
                "claude-code",
                "reviewer",
                llm,
                Stream.of(bundles).map(BundleName::new).toList(),
                named,
                "user 7");
    }

    public Bundle create(String name, String... keysAndValues) {
        return create(OWNER, name, keysAndValues);
    }

    public Bundle create(Actor actor, String name, String... keysAndValues) {
        return test.vault().bundles().create(actor, new BundleName(name), values(keysAndValues));
    }

    public Bundle replace(String name, String... keysAndValues) {
        return test.vault().bundles().replace(OWNER, new BundleName(name), values(keysAndValues));
    }

    public Bundle delete(String name) {
        return test.vault().bundles().delete(OWNER, new BundleName(name));
    }

    public StartedSession start(String... bundles) {
        return start(with(bundles));
    }

    public StartedSession start(NewSession asked) {
        return test.vault().sessions().start(OWNER, asked);
    }

    public Injection environment(StartedSession started) {
        return test.vault()
                .sessionRuntimes()
                .environment(started.session().id(), started.token())
                .orElseThrow();
    }

    /** What the runtime of a session is given. */
    public SortedMap<KeyName, SecretValue> env(StartedSession started) {
        return environment(started).values();
    }

    public Missed missed(StartedSession started, long revision) {
        return test.vault()
                .sessionRuntimes()
                .missedSince(started.session().id(), started.token(), revision)
                .orElseThrow();
    }

    /** Whether the token lets anybody in. */
    public boolean letsIn(StartedSession started) {
        String id = started.session().id();
        boolean authentic =
                test.vault().sessionRuntimes().authenticate(id, started.token()).isPresent();
        boolean given =
                test.vault().sessionRuntimes().environment(id, started.token()).isPresent();
        boolean told = test.vault()
                .sessionRuntimes()
                .missedSince(id, started.token(), 1)
                .isPresent();
        if (authentic != given || authentic != told) {
            throw new AssertionError("the three ways in differ");
        }
        return authentic;
    }
}
