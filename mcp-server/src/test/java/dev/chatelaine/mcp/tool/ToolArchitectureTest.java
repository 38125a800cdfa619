package dev.chatelaine.mcp.tool;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Handlers know no way in, and the vault's machinery stays in the vault. */
@AnalyzeClasses(packages = "dev.chatelaine.mcp", importOptions = DoNotIncludeTests.class)
class ToolArchitectureTest {

    @ArchTest
    static final ArchRule HANDLERS_KNOW_NO_WAY_IN = noClasses()
            .that()
            .resideInAPackage("..mcp.tool..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.modelcontextprotocol..",
                    "picocli..",
                    "reactor..",
                    "tools.jackson..",
                    "dev.chatelaine.mcp.transport..",
                    "dev.chatelaine.mcp.cli..",
                    "dev.chatelaine.mcp.host..",
                    "dev.chatelaine.mcp.local..",
                    "dev.chatelaine.mcp.config..");

    @ArchTest
    static final ArchRule THE_VAULTS_MACHINERY_STAYS_THERE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jdbi..", "com.google.crypto.tink..", "org.sqlite..", "java.sql..");
}
