package dev.chatelaine.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import dev.chatelaine.vault.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class SecretValueTest {
    private static final String CANARY = "canary-5f0c9d41e7b2";

    /** What a careless edge might try to write. */
    public record Holder(String name, SecretValue value) {}

    @Test
    void oneByteIsTheShortestAnd65536BytesAreTheLongest() {
        assertThat(SecretValue.of("x").bytes()).hasSize(1);
        assertThat(SecretValue.of("x".repeat(65_536)).bytes()).hasSize(65_536);
        assertThat(SecretValue.ofUtf8(new byte[] {'x'}).bytes()).hasSize(1);
        assertThat(refusal("")).isEqualTo(ErrorCode.INVALID_VALUE);
        assertThat(refusal("x".repeat(65_537))).isEqualTo(ErrorCode.VALUE_TOO_LARGE);
        assertThat(SealingTest.refusal(() -> SecretValue.ofUtf8(new byte[0]))).isEqualTo(ErrorCode.INVALID_VALUE);
        assertThat(SealingTest.refusal(
                        () -> SecretValue.ofUtf8("x".repeat(65_537).getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(ErrorCode.VALUE_TOO_LARGE);
    }

    @Test
    void theLengthIsCountedInBytesOfUtf8() {
        assertThat(SecretValue.of("é".repeat(32_768)).bytes()).hasSize(65_536);
        assertThat(refusal("é".repeat(32_768) + "x")).isEqualTo(ErrorCode.VALUE_TOO_LARGE);
        assertThat(SecretValue.of("🔑".repeat(16_384)).bytes()).hasSize(65_536);
        assertThat(refusal("🔑".repeat(16_385))).isEqualTo(ErrorCode.VALUE_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "a\udd11", "\udd11\ud83d", "tail\ud83d"})
    void anUnpairedSurrogateIsRefusedAndNotReplaced(String text) {
        assertThat(refusal(text)).isEqualTo(ErrorCode.INVALID_VALUE);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        for (int[] bytes :
                new int[][] {{0xff}, {0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xe2, 0x82}, {0xf5, 0x80, 0x80, 0x80}}) {
            byte[] invalid = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                invalid[i] = (byte) bytes[i];
            }
            assertThat(SealingTest.refusal(() -> SecretValue.ofUtf8(invalid))).isEqualTo(ErrorCode.INVALID_VALUE);
        }
    }

    @Test
    void theHintIsTheLastFourCharactersOfSixteenOrMore() {
        assertThat(SecretValue.of("0123456789abcde").hint()).isNull();
        assertThat(SecretValue.of("0123456789abcdef").hint()).isEqualTo("cdef");
        assertThat(SecretValue.of("🔑".repeat(15)).hint()).isNull();
        assertThat(SecretValue.of("🔑".repeat(16)).hint()).isEqualTo("🔑🔑🔑🔑");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u0000", " ", "\u202e", "\u200b", "\u2028"})
    void aHintThatWouldNotBeSeenAsItIsIsNotGiven(String unseen) {
        assertThat(SecretValue.of("0123456789abcdef" + unseen + "xyz").hint()).isNull();
    }

    @Test
    void itsTextAndItsHashAreTheSameForEveryValue() {
        assertThat(SecretValue.of(CANARY)).hasToString("SecretValue[redacted]");
        assertThat(SecretValue.of(CANARY).hashCode())
                .isEqualTo(SecretValue.of("something else").hashCode());
        assertThat(String.valueOf(new Holder("n", SecretValue.of(CANARY)))).doesNotContain(CANARY);
    }

    @Test
    void valuesAreEqualWhenTheirBytesAre() {
        assertThat(SecretValue.of("a"))
                .isEqualTo(SecretValue.ofUtf8(new byte[] {'a'}))
                .isNotEqualTo(SecretValue.of("b"))
                .isNotEqualTo(SecretValue.of("aa"))
                .isNotEqualTo("a");
    }

    @Test
    void whatItWasMadeFromCanBeWiped() {
        byte[] bytes = CANARY.getBytes(StandardCharsets.UTF_8);
        SecretValue value = SecretValue.ofUtf8(bytes);
        Arrays.fill(bytes, (byte) 0);
        assertThat(value).isEqualTo(SecretValue.of(CANARY));
    }

    @Test
    void jacksonFindsNothingToWriteEvenWhenItLooksAtPrivateFields() {
        JsonMapper nosy = JsonMapper.builder()
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .changeDefaultVisibility(checker -> checker.withVisibility(PropertyAccessor.ALL, Visibility.ANY))
                .build();
        for (JsonMapper mapper : new JsonMapper[] {
            JsonMapper.builder()
                    .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                    .build(),
            nosy
        }) {
            String json = mapper.writeValueAsString(new Holder("n", SecretValue.of(CANARY)));
            assertThat(json).isEqualTo("{\"name\":\"n\",\"value\":{}}");
            assertThat(json)
                    .doesNotContain(Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void javaSerializationRefusesIt() throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(SecretValue.of(CANARY)))
                    .isInstanceOf(NotSerializableException.class);
        }
    }

    @Test
    void everyFieldThatHoldsAnythingIsPrivateAndTransient() {
        assertThat(SecretValue.class.getDeclaredFields())
                .filteredOn(field -> !Modifier.isStatic(field.getModifiers()))
                .allMatch(field ->
                        Modifier.isPrivate(field.getModifiers()) && Modifier.isTransient(field.getModifiers()));
        assertThat(SecretValue.class.getMethods())
                .filteredOn(method -> method.getDeclaringClass() == SecretValue.class)
                .extracting(java.lang.reflect.Method::getName)
                .containsExactlyInAnyOrder(
                        "of", "ofUtf8", "hint", "stripped", "check", "reveal", "equals", "hashCode", "toString");
    }

    private static ErrorCode refusal(String text) {
        return SealingTest.refusal(() -> SecretValue.of(text));
    }
}
