package org.food4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every module to the design; this module is the one that sees all of them. */
class ArchitectureTest {
  private static final String ROOT = "org.food4j";
  private static final String BROKEN = "org.food4j.architecture.broken";

  private static JavaClasses project;
  private static JavaClasses broken;

  @BeforeAll
  static void importClasses() {
    project =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    broken = new ClassFileImporter().importPackages(BROKEN);
  }

  /** Each rule, with the fixture that breaks it. */
  static Stream<Arguments> rules() {
    return Stream.of(
        rule("modules import one way", Rules::modulesImportOneWay, "data.photo.UsesAModel"),
        rule("packages are free of cycles", Rules::packagesAreFreeOfCycles, "models.graph.Graph"),
        rule(
            "server packages need no ND4J",
            Rules::serverPackagesNeedNoNd4j,
            "models.inference.GraphClassifier"),
        rule("only examples have main", Rules::onlyExamplesHaveMain, "train.loop.Trainer.main"),
        rule("only examples print", Rules::onlyExamplesPrint, "train.loop.Trainer.main"),
        rule("only the command exits", Rules::onlyTheCommandExits, "train.loop.Trainer.main"),
        rule("samples do not exit", Rules::onlyTheCommandExits, "samples.Sample.leave"),
        rule("examples stand alone", Rules::examplesStandAlone, "samples.Sample.callsTheCommand"),
        rule(
            "one door to pointers", Rules::onlyOneDoorLeadsToPointers, "models.layer.Addresses.of"),
        rule("one door to Spark", Rules::onlyOneDoorLeadsToSpark, "train.loop.SparkRounds"),
        rule("one door to oneDNN", Rules::onlyOneDoorLeadsToOneDnn, "models.layer.OwnEngine"),
        rule("no Utils", Rules::namesSayWhatAClassGives, "data.split.SplitUtils"),
        rule("no Base", Rules::namesSayWhatAClassGives, "data.split.BaseSplitter"));
  }

  private static Arguments rule(String name, Function<Rules, ArchRule> rule, String culprit) {
    return Arguments.of(name, rule, culprit);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void project_keepsTheRule(String name, Function<Rules, ArchRule> rule, String culprit) {
    rule.apply(new Rules(ROOT)).check(project);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void rule_brokenByAFixture_isViolated(
      String name, Function<Rules, ArchRule> rule, String culprit) {
    String details =
        String.join(
            "\n", rule.apply(new Rules(BROKEN)).evaluate(broken).getFailureReport().getDetails());
    assertThat(details)
        .contains(culprit)
        .doesNotContain("Method <" + BROKEN + ".cli.command.Main.main(")
        .doesNotContain("Method <" + BROKEN + ".samples.Sample.main(");
  }

  @Test
  void namesRule_allowsWordsOfTheField() {
    assertThat(
            new Rules(BROKEN)
                .namesSayWhatAClassGives()
                .evaluate(broken)
                .getFailureReport()
                .getDetails())
        .hasSize(2)
        .noneMatch(detail -> detail.contains("Baseline"));
  }

  @Test
  void project_importsClassesOfEveryModule() {
    assertThat(Stream.of("data", "models", "train", "bench", "cli", "samples"))
        .allSatisfy(
            module ->
                assertThat(project)
                    .as(module)
                    .anyMatch(
                        c -> (c.getPackageName() + ".").startsWith(ROOT + "." + module + ".")));
  }
}
