package dev.chatelaine.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compiler itself, as the build runs it, refuses code that opens a value without the mark. */
class RevealControlTest {
    @TempDir
    Path classes;

    @Test
    void revealWithoutTheMarkDoesNotCompile() {
        assertThat(errors("", "return value.reveal();")).anyMatch(error -> error.contains("[RestrictedApi]"));
    }

    @Test
    void revealThroughAMethodReferenceDoesNotCompile() {
        assertThat(errors("", "return java.util.Optional.of(value).map(SecretValue::reveal).orElseThrow();"))
                .anyMatch(error -> error.contains("[RestrictedApi]"));
    }

    @Test
    void revealWithTheMarkCompiles() {
        assertThat(errors("@RevealsSecret(RevealsSecret.Place.CHILD_ENVIRONMENT)", "return value.reveal();"))
                .isEmpty();
    }

    @Test
    void theMarkOfACheckDoesNotAllowReveal() {
        assertThat(errors("@ChecksSecret", "return value.reveal();"))
                .anyMatch(error -> error.contains("[RestrictedApi]"));
    }

    @Test
    void aCheckNeedsItsOwnMark() {
        String check = "return String.valueOf(value.check(text -> text.length() > 3));";
        assertThat(errors("", check)).anyMatch(error -> error.contains("[RestrictedApi]"));
        assertThat(errors("@ChecksSecret", check)).isEmpty();
    }

    private List<String> errors(String mark, String statement) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        compiler.getTask(
                        new StringWriter(),
                        null,
                        diagnostics,
                        List.of(
                                "-d",
                                classes.toString(),
                                "-classpath",
                                System.getProperty("java.class.path"),
                                "-processorpath",
                                System.getProperty("java.class.path"),
                                "-XDcompilePolicy=simple",
                                "--should-stop=ifError=FLOW",
                                "-Xplugin:ErrorProne -XepDisableAllChecks -Xep:RestrictedApi:ERROR"),
                        null,
                        List.of(new Snippet(mark, statement)))
                .call();
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    private static final class Snippet extends SimpleJavaFileObject {
        private final String source;

        Snippet(String mark, String statement) {
            super(URI.create("string:///elsewhere/Snippet.java"), Kind.SOURCE);
            this.source = """
                    package elsewhere;
                    import dev.chatelaine.vault.crypto.*;
                    final class Snippet {
                        %s
                        String text(SecretValue value) {
                            %s
                        }
                    }
                    """.formatted(mark, statement);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
