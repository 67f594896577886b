package org.food4j.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ServerArchitectureTest {
  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.food4j.server");

  @Test
  void packages_areFreeOfCycles() {
    ArchRule rule = slices().matching("org.food4j.(**)").should().beFreeOfCycles();
    rule.check(SERVER);
  }

  @Test
  void stages_useThoseBelowThem() {
    ArchRule rule =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("org.food4j.server..")
            .layer("http")
            .definedBy("org.food4j.server.http")
            .layer("batch")
            .definedBy("org.food4j.server.batch")
            .layer("model")
            .definedBy("org.food4j.server.model")
            .layer("answer")
            .definedBy("org.food4j.server.answer")
            .layer("api")
            .definedBy("org.food4j.server.api..")
            .layer("command")
            .definedBy("org.food4j.server")
            .whereLayer("command")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("answer")
            .mayOnlyBeAccessedByLayers("api")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers("answer", "api", "command")
            .whereLayer("batch")
            .mayOnlyBeAccessedByLayers("model", "answer", "api")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("answer", "api", "command");
    rule.check(SERVER);
  }

  @Test
  void jetty_staysBehindItsDoor() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackages("org.food4j.server.http", "org.food4j.server.api")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..");
    rule.check(SERVER);
  }

  @Test
  void engines_areFarAway() {
    ArchRule rule =
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.nd4j..", "org.deeplearning4j..", "org.datavec..", "org.bytedeco..");
    rule.check(SERVER);
  }
}
