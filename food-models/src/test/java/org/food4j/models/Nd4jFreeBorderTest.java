package org.food4j.models;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Model files are read and run without ND4J, DL4J and DataVec on the class path. */
class Nd4jFreeBorderTest {
  @Test
  void modelFilesAndInference_dependOnNothingOfNd4j() {
    JavaClasses ours =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.food4j.models");

    classes()
        .that()
        .resideInAnyPackage(
            "org.food4j.models.onnx",
            "org.food4j.models.onnx.optimize",
            "org.food4j.models.onnx.quantize",
            "org.food4j.models.onnx.runtime",
            "org.food4j.models.cuda",
            "org.food4j.models.inference",
            "org.food4j.models.explain")
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                "java..",
                "javax.imageio..",
                "ai.onnx.proto..",
                "ai.onnxruntime..",
                "com.google.protobuf..",
                "com.fasterxml.jackson..",
                "org.food4j.data.file",
                "org.food4j.data.manifest",
                "org.food4j.data.photo",
                "org.food4j.data.picture",
                "org.food4j.data.preprocess",
                "org.food4j.models.cuda",
                "org.food4j.models.number",
                "org.food4j.models.onnx",
                "org.food4j.models.onnx.optimize",
                "org.food4j.models.onnx.quantize",
                "org.food4j.models.onnx.runtime",
                "org.food4j.models.inference",
                "org.food4j.models.onnx.endpoint",
                "org.food4j.models.explain"))
        .check(ours);
  }
}
