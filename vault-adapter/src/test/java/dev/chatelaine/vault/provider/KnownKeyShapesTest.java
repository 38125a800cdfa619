package dev.chatelaine.vault.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownKeyShapesTest {
    /** Written in halves, so that no scanner of this repository takes an example for a key. */
    static Stream<String> keys() {
        String mixed = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6";
        String hex = "0123456789abcdef0123456789abcdef";
        return Stream.of(
                "sk-" + mixed,
                "sk-" + hex,
                "sk-" + "abcdefghijklmnopqrstuvwx",
                "sk-" + "proj-" + mixed + "_-" + mixed,
                "sk-" + "ant-api03-" + mixed,
                "sk-" + "or-v1-" + hex,
                "sk-" + "test-1-" + mixed,
                "AIza" + "SyA" + mixed.substring(0, 32),
                "xai-" + mixed,
                "gsk_" + mixed,
                "fw_" + "aB3dE6gH9jK2mN5pQ8sT1v",
                "hf_" + mixed,
                "tgp_v1_" + mixed,
                "ck_" + mixed + "-_abcdef",
                "ck_" + hex,
                "ghp_" + mixed,
                "github_pat_" + mixed,
                "glpat-" + "aB3dE6gH9jK2mN5pQ8sT",
                "xoxb-" + "123456789012-1234567890123-abcDEF",
                "https://hooks.slack" + ".com/services/T0000ABCD/B0000ABCD/aB3dE6gH9jK2mN5pQ8sT1vW4",
                "AKIA" + "IOSFODNN7EXAMPLE",
                "aws_secret_access_key = " + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "sk_live_" + "aB3dE6gH9jK2mN5pQ8sT1vW4",
                "rk_test_" + "aB3dE6gH9jK2mN5pQ8sT1vW4",
                "npm_" + mixed,
                "SK" + hex,
                "SG." + "aB3dE6gH9jK2mN5pQ8sT1v." + mixed,
                "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0In0.aB3dE6gH9jK2mN5p",
                "-----BEGIN " + "PRIVATE KEY-----",
                "-----BEGIN RSA " + "PRIVATE KEY-----",
                "-----BEGIN OPENSSH " + "PRIVATE KEY-----",
                "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----",
                "postgres://app:" + "hunter2@db.internal:5432/app",
                "redis://:" + "hunter2@cache:6379");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void findsAKeyWhereverItStands(String key) {
        assertThat(KnownKeyShapes.containsKey(key)).isTrue();
        assertThat(KnownKeyShapes.containsKey("for the build, " + key + ", rotate in May"))
                .isTrue();
        assertThat(KnownKeyShapes.containsKey("KEY=" + key)).isTrue();
        assertThat(KnownKeyShapes.containsKey("\"" + key + "\"")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sk-learn model",
                "the sk-learn-pipeline-for-classification of 2024",
                "sk-learn-v2-model-training-notes",
                "a task-force",
                "task-force-2024-report-on-keys-and-locks",
                "risk-assessment2024forthenorthernregion",
                "550e8400-e29b-41d4-a716-446655440000",
                "commit 920dd08c0ffee920dd08c0ffee920dd08c0ffee9",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "OpenAI key of the billing team, begins with sk-proj-",
                "begins with sk-ant-api03-",
                "see provider_key_openai and gsk_ keys",
                "fw_version_2_configuration_settings",
                "ck_editor_5_configuration_options",
                "https://example.com:8443/path",
                "https://example.com/a:b@c",
                "postgres://user:<password>@host/db",
                "postgres://user:${PASSWORD}@host/db",
                "mail me at someone@example.com: thanks",
                "-----BEGIN CERTIFICATE-----",
                "-----BEGIN PUBLIC KEY-----",
                "npm_config_registry",
                "the hint is ••••abcd, or sk-...abcd",
                "SKU SK12345678",
                "AKIA is what AWS keys begin with",
                "eyJ is how a token begins",
                "Zugangsschlüssel für die Datenbank, 密钥"
            })
    void leavesOrdinaryTextAlone(String text) {
        assertThat(KnownKeyShapes.containsKey(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-",
                "sk-a-",
                "sk-ant-",
                "sk-ant-a",
                "eyJ",
                "eyJa",
                "eyJaaaaaaaaaaa.",
                "a://b:",
                "a://",
                "aa+a://a:a",
                "-----BEGIN ",
                "-----BEGIN A ",
                "xoxb-",
                "ck_a",
                "aws_secret_key",
                "https://hooks.slack.com/services/T",
                "SG.aaaaaaaaaaaaaaaaaaaa.",
                "github_pat_",
                "a",
                "-",
                "_",
                "AKIA",
                "hooks.slack.com/services/TAAAAAAA/B"
            })
    void takesTimeLinearInTheText(String piece) {
        String text = piece.repeat(1 + 100_000 / piece.length());
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> KnownKeyShapes.containsKey(text));
    }
}
