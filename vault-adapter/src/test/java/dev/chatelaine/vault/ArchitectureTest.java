package dev.chatelaine.vault;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.chatelaine.vault.crypto.ChecksSecret;
import dev.chatelaine.vault.crypto.RevealsSecret;
import java.lang.annotation.Annotation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.chatelaine.vault";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Whoever makes this list longer answers the question which of the three places the new one is. */
    @Test
    void theseAndNoOthersOpenValues() {
        assertThat(bearers(RevealsSecret.class)).containsExactly("ProviderKeyVerifier.authenticate");
    }

    @Test
    void theseAndNoOthersLookAtValues() {
        assertThat(bearers(ChecksSecret.class))
                .containsExactly(
                        "BundleValues.<init>",
                        "ProviderKeyVerifier.verify",
                        "SecretIntake.providerKey",
                        "SecretIntake.unmasked");
    }

    @Test
    void sealingKnowsNothingOfWhatIsSealed() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".crypto..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".secret..",
                        ROOT + ".llm..",
                        ROOT + ".bundle..",
                        ROOT + ".session..",
                        ROOT + ".announcement..",
                        ROOT + ".tenant..",
                        ROOT + ".token..",
                        ROOT + ".entry..",
                        ROOT + ".signin..",
                        ROOT + ".gatewaykey..",
                        ROOT + ".usage..",
                        ROOT + ".pool..",
                        ROOT + ".upstreamkey..",
                        ROOT + ".byok..",
                        ROOT + ".rotation..",
                        ROOT + ".audit..",
                        ROOT + ".verify..")
                .check(CLASSES);
    }

    @Test
    void tinkStaysWithTheKeys() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".crypto..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.crypto.tink..")
                .check(CLASSES);
    }

    @Test
    void nothingOfTinkIsInAPublicSignature() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getPackageName().equals(ROOT + ".crypto"))
                        .filter(type ->
                                type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method ->
                                method.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
                        .filter(method -> method.getRawReturnType().getName().startsWith("com.google.crypto.tink")
                                || method.getRawParameterTypes().stream()
                                        .anyMatch(type -> type.getName().startsWith("com.google.crypto.tink"))))
                .isEmpty();
    }

    @Test
    void onlyThePackagesWithRowsSpeakToTheDatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".store..",
                        ROOT + ".audit..",
                        ROOT + ".secret..",
                        ROOT + ".llm..",
                        ROOT + ".bundle..",
                        ROOT + ".session..",
                        ROOT + ".announcement..",
                        ROOT + ".tenant..",
                        ROOT + ".token..",
                        ROOT + ".entry..",
                        ROOT + ".signin..",
                        ROOT + ".gatewaykey..",
                        ROOT + ".usage..",
                        ROOT + ".pool..",
                        ROOT + ".crypto..",
                        ROOT + ".rotation..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi..", "java.sql..")
                .check(CLASSES);
    }

    @Test
    void onlyTheStoreKnowsWhichDatabaseItIs() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sqlite..", "org.postgresql..", "com.zaxxer..")
                .check(CLASSES);
    }

    /** The errors and ids at the top are everybody's; the composition root knows everybody; between them no cycles. */
    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    private static List<String> bearers(Class<? extends Annotation> mark) {
        return CLASSES.stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.isAnnotatedWith(mark))
                .map(ArchitectureTest::name)
                .sorted()
                .toList();
    }

    private static String name(JavaCodeUnit unit) {
        return unit.getOwner().getSimpleName() + "." + unit.getName();
    }
}
