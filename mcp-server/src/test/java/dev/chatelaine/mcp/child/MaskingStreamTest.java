package dev.chatelaine.mcp.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskingStreamTest {
    private static String masked(String text, String... values) throws IOException {
        return masked(List.of(text.getBytes(StandardCharsets.UTF_8)), masks(values));
    }

    private static Masks masks(String... values) {
        Masks masks = new Masks();
        masks.add(forms(values));
        return masks;
    }

    private static List<byte[]> forms(String... values) {
        return Arrays.stream(values)
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static String masked(List<byte[]> chunks, Masks masks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MaskingStream stream = new MaskingStream(out, masks)) {
            for (byte[] chunk : chunks) {
                stream.write(chunk);
                stream.flush();
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyOccurrenceIsReplacedAndNothingElse() throws IOException {
        assertThat(masked("key=hunter22; again hunter22", "hunter22")).isEqualTo("key=••••; again ••••");
        assertThat(masked("hunter2 hunter", "hunter22")).isEqualTo("hunter2 hunter");
        assertThat(masked("", "hunter22")).isEmpty();
        assertThat(masked("anything", new String[0])).isEqualTo("anything");
        assertThat(masked("süß geheim€ ende", "geheim€")).isEqualTo("süß •••• ende");
    }

    @Test
    void overlappingOccurrencesLeaveNoRest() throws IOException {
        assertThat(masked("x abcde x", "abcd", "bcde")).isEqualTo("x •••• x");
        assertThat(masked("aaaaaaa b", "aaaa")).isEqualTo("•••• b");
        assertThat(masked("abcdabcd", "abcd")).isEqualTo("••••");
        assertThat(masked("xabcdx", "bc", "abcd")).isEqualTo("x••••x");
        assertThat(masked("xabcx", "bc", "abcd")).isEqualTo("xa••••x");
    }

    @Test
    void whatCannotBeAValueIsPassedOnAtOnce() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MaskingStream stream = new MaskingStream(out, masks("hunter22"))) {
            stream.write("Password? hun".getBytes(StandardCharsets.UTF_8));
            stream.flush();
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Password? ");
            stream.write("dred".getBytes(StandardCharsets.UTF_8));
            stream.flush();
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Password? hundred");
        }
    }

    @Test
    void theCutIntoChunksMakesNoDifferenceAndNoValueIsLeft() throws IOException {
        Random random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            String[] values = new String[1 + random.nextInt(4)];
            Arrays.setAll(values, i -> letters(random, 2 + random.nextInt(6)));
            String text = letters(random, random.nextInt(60));
            String whole = masked(text, values);
            assertThat(masked(cut(random, text), masks(values))).isEqualTo(whole);
            assertThat(whole).isEqualTo(expected(text, values));
        }
    }

    /** Two letters, so that overlaps and false beginnings are the rule. */
    private static String letters(Random random, int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append((char) ('a' + random.nextInt(2)));
        }
        return letters.toString();
    }

    private static List<byte[]> cut(Random random, String text) {
        List<byte[]> chunks = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(5));
            chunks.add(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
            at = end;
        }
        return chunks;
    }

    private static String expected(String text, String... values) {
        boolean[] covered = new boolean[text.length()];
        for (String value : values) {
            for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
                Arrays.fill(covered, at, at + value.length(), true);
            }
        }
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (!covered[i]) {
                expected.append(text.charAt(i));
            } else if (i == 0 || !covered[i - 1]) {
                expected.append("••••");
            }
        }
        return expected.toString();
    }

    @Test
    void aLongValueInLongOutputTakesTimeInProportion() throws IOException {
        String value = "a".repeat(65_536);
        assertThat(masked("b" + value + value + "b", value)).isEqualTo("b••••b");
    }

    @Test
    void aValueThatIsAddedMeanwhileIsMaskedFromThenOnBesideTheOldOnes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Masks masks = masks("hunter22");
        try (MaskingStream stream = new MaskingStream(out, masks)) {
            stream.write("hunter22 swordfish hun".getBytes(StandardCharsets.UTF_8));
            masks.add(forms("swordfish"));
            stream.write("ter22 swordfish; ".getBytes(StandardCharsets.UTF_8));
            masks.add(forms("hunger"));
            stream.write("hun".getBytes(StandardCharsets.UTF_8));
            masks.add(forms("hungry"));
            stream.write("gry hunger hunted".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("•••• swordfish •••• ••••; •••• •••• hunted");
    }

    @Test
    void whatIsKeptBackIsFoundByPatternsThatAreAddedBeforeTheEnd() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Masks masks = masks("hunter22");
        try (MaskingStream stream = new MaskingStream(out, masks)) {
            stream.write("a hunter".getBytes(StandardCharsets.UTF_8));
            masks.add(forms("hunter"));
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a ••••");
    }

    @Test
    void addingPatternsAtAnyPlaceLosesNeitherBytesNorMarks() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            String first = letters(random, 2 + random.nextInt(6));
            String second = letters(random, 2 + random.nextInt(6));
            String text = letters(random, random.nextInt(60));
            Masks masks = masks(first);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (MaskingStream stream = new MaskingStream(out, masks)) {
                for (byte[] chunk : cut(random, text)) {
                    stream.write(chunk);
                    if (random.nextInt(8) == 0) {
                        masks.add(forms(second));
                    }
                }
            }
            assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain(first);
        }
    }

    @Test
    void theOldestFormerValuesAreForgottenWhereTheyAreTooMuchAndThePresentOnesNever() throws IOException {
        Masks masks = masks("first-of-all");
        for (int i = 0; i < 3; i++) {
            masks.add(forms(i + "x".repeat(Masks.MOST_FORMER_BYTES / 2)));
        }
        assertThat(masked(List.of("first-of-all".getBytes(StandardCharsets.UTF_8)), masks))
                .isEqualTo("first-of-all");
        assertThat(masked(
                        List.of(("2" + "x".repeat(Masks.MOST_FORMER_BYTES / 2)).getBytes(StandardCharsets.UTF_8)),
                        masks))
                .isEqualTo("••••");
    }
}
