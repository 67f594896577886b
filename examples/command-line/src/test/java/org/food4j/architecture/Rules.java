package org.food4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasReturnType.Predicates.rawReturnType;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * The design's rules about classes, for a tree of packages below any root: the project's own, and
 * the fixtures that break each rule.
 *
 * @param root {@code "org.food4j"}
 */
record Rules(String root) {
  /** From the bottom up: each may use what stands before it. */
  private static final List<String> MODULES = List.of("data", "models", "train", "bench");

  /** What a server may use with ONNX Runtime alone. */
  private static final List<String> WITHOUT_ND4J =
      List.of(
          "data.photo",
          "data.picture",
          "data.preprocess",
          "models.cuda",
          "models.onnx",
          "models.number",
          "models.onnx.endpoint",
          "models.onnx.optimize",
          "models.onnx.quantize",
          "models.onnx.runtime",
          "models.inference",
          "models.explain");

  /** The food command. */
  private static final String COMMAND = "cli";

  /** Programs to read, each with a main that prints. */
  private static final String SAMPLES = "samples";

  /** examples, bench, train, models, data: imports run only in this direction. */
  ArchRule modulesImportOneWay() {
    CompositeArchRule rule = null;
    for (int i = 0; i < MODULES.size(); i++) {
      String[] above =
          Stream.concat(MODULES.stream().skip(i + 1L), Stream.of(COMMAND, SAMPLES))
              .map(module -> root + "." + module + "..")
              .toArray(String[]::new);
      ArchRule one =
          noClasses()
              .that()
              .resideInAPackage(root + "." + MODULES.get(i) + "..")
              .should()
              .dependOnClassesThat(resideInAnyPackage(above))
              .allowEmptyShould(true);
      rule = rule == null ? CompositeArchRule.of(one) : rule.and(one);
    }
    return rule;
  }

  /** Each package by itself, however deep. */
  ArchRule packagesAreFreeOfCycles() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
  }

  /** Not even by way of another package of ours: its class would be missing all the same. */
  ArchRule serverPackagesNeedNoNd4j() {
    String[] packages = WITHOUT_ND4J.stream().map(name -> root + "." + name).toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .transitivelyDependOnClassesThat(
            resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.datavec.."))
        .allowEmptyShould(true);
  }

  /** oneDNN, and arrays' addresses, behind one door; photos are decoded behind another. */
  ArchRule onlyOneDoorLeadsToPointers() {
    DescribedPredicate<JavaClass> pointer = assignableTo("org.bytedeco.javacpp.Pointer");
    return noClasses()
        .that(outside("models.kernel.onednn", "data.photo", COMMAND + ".doctor"))
        .should()
        .dependOnClassesThat(pointer)
        .orShould()
        .callMethodWhere(target(rawReturnType(pointer)))
        .allowEmptyShould(true);
  }

  ArchRule onlyOneDoorLeadsToOneDnn() {
    return noClasses()
        .that(outside("models.kernel.onednn"))
        .should()
        .dependOnClassesThat(resideInAPackage("org.bytedeco.dnnl.."))
        .allowEmptyShould(true);
  }

  /** Spark is on nobody's class path who has not asked for it. */
  ArchRule onlyOneDoorLeadsToSpark() {
    return noClasses()
        .that(outside("train.cluster"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala.."))
        .allowEmptyShould(true);
  }

  ArchRule onlyExamplesHaveMain() {
    return noMethods()
        .that()
        .areDeclaredInClassesThat(outsideExamples())
        .and()
        .areStatic()
        .and()
        .haveRawParameterTypes(String[].class)
        .should()
        .haveName("main")
        .allowEmptyShould(true);
  }

  ArchRule onlyExamplesPrint() {
    return noClasses()
        .that(outsideExamples())
        .should(ACCESS_STANDARD_STREAMS)
        .allowEmptyShould(true);
  }

  /**
   * A sample ends by itself: nothing of it is lost when it is copied into another program. What
   * starts them as a command is none.
   */
  ArchRule onlyTheCommandExits() {
    return noClasses()
        .that(outside(COMMAND))
        .and()
        .doNotHaveFullyQualifiedName(root + "." + SAMPLES + ".RunSample")
        .should(callMethod(System.class, "exit", int.class))
        .allowEmptyShould(true);
  }

  /** Neither example is a library of the other. */
  ArchRule examplesStandAlone() {
    return CompositeArchRule.of(standsAlone(COMMAND, SAMPLES)).and(standsAlone(SAMPLES, COMMAND));
  }

  private ArchRule standsAlone(String example, String other) {
    return noClasses()
        .that()
        .resideInAPackage(root + "." + example + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root + "." + other + "..")
        .allowEmptyShould(true);
  }

  /** A name says what a class gives; these say nothing. Baseline is a word of the field. */
  ArchRule namesSayWhatAClassGives() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .haveNameMatching(".*(Utils?|Helper|Manager|Common)")
        .orShould()
        .haveNameMatching(".*[.$]Base([A-Z0-9].*)?")
        .allowEmptyShould(true);
  }

  private DescribedPredicate<JavaClass> outsideExamples() {
    return outside(COMMAND, SAMPLES);
  }

  private DescribedPredicate<JavaClass> outside(String... packages) {
    String[] excepted =
        Stream.of(packages).map(name -> root + "." + name + "..").toArray(String[]::new);
    return resideInAPackage(root + "..").and(not(resideInAnyPackage(excepted)));
  }
}
