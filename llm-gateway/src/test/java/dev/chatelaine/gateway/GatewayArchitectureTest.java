package dev.chatelaine.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.chatelaine.vault.crypto.ChecksSecret;
import dev.chatelaine.vault.crypto.RevealsSecret;
import java.lang.annotation.Annotation;
import java.util.List;

@AnalyzeClasses(packages = "dev.chatelaine.gateway", importOptions = DoNotIncludeTests.class)
class GatewayArchitectureTest {
    @ArchTest
    static final ArchRule packagesDoNotGoRoundInCircles =
            slices().matching("dev.chatelaine.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheClientKnowsTheNetwork = noClasses()
            .that()
            .resideOutsideOfPackage("..gateway.upstream..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.jetty..", "java.net.http..");

    @ArchTest
    static final ArchRule partsThatAreFunctionsKnowNoReactor = noClasses()
            .that()
            .resideOutsideOfPackages("..gateway.upstream..", "..gateway.call..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor..");

    @ArchTest
    static final ArchRule nothingGoesPastTheServicesToTheDatabase = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.chatelaine.vault.store..", "org.jdbi..", "java.sql..");

    @ArchTest
    static final ArchRule moneyIsNeverAFloatingPointNumber = noClasses()
            .that()
            .haveSimpleName("Cost")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.(Double|Float)|java\\.math\\.BigDecimal");

    @ArchTest
    static void keysAreOpenedInOnePlace(JavaClasses classes) {
        assertThat(bearers(classes, RevealsSecret.class)).containsExactly("RequestHead.write");
        assertThat(bearers(classes, ChecksSecret.class))
                .containsExactly("KeyEcho.isIn", "KeyEcho.isWholeIn", "KeyWatch.pass", "KeyWatch.rest");
    }

    private static List<String> bearers(JavaClasses classes, Class<? extends Annotation> mark) {
        return classes.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(mark))
                .map(method -> method.getOwner().getSimpleName() + "." + method.getName())
                .sorted()
                .toList();
    }
}
