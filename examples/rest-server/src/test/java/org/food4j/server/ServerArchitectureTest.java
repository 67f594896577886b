package org.food4j.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "org.food4j.server",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ServerArchitectureTest {
  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("org.food4j.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule stagesUseThoseBelowThem =
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

  @ArchTest
  static final ArchRule jettyStaysBehindItsDoor =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.food4j.server.http", "org.food4j.server.api")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..");

  @ArchTest
  static final ArchRule enginesAreFarAway =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.nd4j..", "org.deeplearning4j..", "org.datavec..", "org.bytedeco..");
}
