package dev.chatelaine.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.chatelaine.http", importOptions = DoNotIncludeTests.class)
class HttpArchitectureTest {
    @ArchTest
    static final ArchRule packagesDoNotGoRoundInCircles =
            slices().matching("dev.chatelaine.http.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule routesKnowNothingOfTheServerSoftware = noClasses()
            .that()
            .resideInAnyPackage("..http.rest..", "..http.json..", "..http.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.jetty..", "jakarta..");

    @ArchTest
    static final ArchRule theChainKnowsNoRoute = noClasses()
            .that()
            .resideInAPackage("..http.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..http.rest..");

    @ArchTest
    static final ArchRule nothingGoesPastTheServicesToTheDatabase = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.chatelaine.vault.store..", "org.jdbi..", "java.sql..");
}
