package org.food4j.data.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelFileTest {
  @TempDir Path folder;

  @Test
  void json_withNestedMetadata_keepsItAndTheAlphabeticalOrder() throws IOException {
    Labels labels =
        file(
                "labels.json",
                """
                {"labels": [
                  {"name": "tomato_blight", "display_name": "Late blight",
                   "metadata": {"latin": "Phytophthora infestans", "crops": ["tomato", "potato"],
                                "treatment": {"copper": 0.5, "days": 7}}},
                  {"name": "healthy"}]}""")
            .labels(List.of("healthy", "tomato_blight"));

    assertThat(labels.get(0)).isEqualTo(new Label(0, "healthy", "Healthy", Map.of()));
    assertThat(labels.get(1).displayName()).isEqualTo("Late blight");
    assertThat(labels.get(1).metadata())
        .containsEntry("crops", List.of("tomato", "potato"))
        .containsEntry("treatment", Map.of("copper", 0.5, "days", 7));
    assertThat(labels.get(1).metadata().keySet()).containsExactly("latin", "crops", "treatment");
    assertThat(Labels.fromJson(labels.toJson())).isEqualTo(labels);
  }

  @Test
  void csv_fromASpreadsheet_givesOrderNumbersAndText() throws IOException {
    Labels labels =
        file(
                "labels.CSV",
                "\ufeffname,display_name,index,price,article,note\r\n"
                    + "cola,\"Cola, 0.5 l\",1,1.99,004006381,\r\n"
                    + "apple,,0,0.5,12,\"say \"\"hi\"\"\"\r\n,,,,,\r\n")
            .labels(List.of("apple", "cola"));

    assertThat(labels)
        .containsExactly(
            new Label(
                0, "apple", "Apple", Map.of("price", 0.5, "article", 12, "note", "say \"hi\"")),
            new Label(1, "cola", "Cola, 0.5 l", Map.of("price", 1.99, "article", "004006381")));
  }

  @Test
  void labelsJson_ofAnotherDataSet_givesItsOrder() throws IOException {
    Labels other =
        new Labels(
            List.of(
                new Label(0, "zebra", "Zebra", Map.of("legs", 4)),
                new Label(1, "ant", "Ant!", Map.of())));

    assertThat(file("labels.json", other.toJson()).labels(List.of("ant", "zebra")))
        .isEqualTo(other);
  }

  @Test
  void labels_ofDecomposedFolderNames_areFound() throws IOException {
    assertThat(
            file("labels.csv", "name,display_name\ncrème,Cream\n").labels(List.of("cre\u0300me")))
        .containsExactly(new Label(0, "cre\u0300me", "Cream", Map.of()));
  }

  @Test
  void labels_ofOtherClasses_listsEveryProblemAtOnce() throws IOException {
    LabelFile file = file("labels.csv", "name\napple\npear\npear\nfig\n");

    assertThatThrownBy(() -> file.labels(List.of("apple", "plum", "quince", "pear")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no class folder is named fig")
        .hasMessageContaining("nothing is said about plum, quince")
        .hasMessageContaining("named twice: pear");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,0\\nb,| indexes are given to all classes, 0 to 1 each once, or to none; these are [0]",
        "a,1\\nb,2| these are [1, 2]",
        "a,0\\nb,0| these are [0, 0]",
      })
  void labels_withIndexesThatAreNoOrder_areRefused(String rows, String message) throws IOException {
    LabelFile file = file("labels.csv", "name,index\n" + rows.replace("\\n", "\n") + "\n");

    assertThatThrownBy(() -> file.labels(List.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "json|{|not JSON: line 1",
        "json|[]|an object {\"labels\": [...]}",
        "json|{\"labels\": []}|an object {\"labels\": [...]}",
        "json|{\"labels\": [{\"name\": \"a\", \"name\": \"b\"}]}|Duplicate field 'name'",
        "json|{\"labels\": [{\"name\": \"a\", \"kcal\": 3}, 4]}|label 1 (a): there is no key 'kcal'",
        "json|{\"labels\": [{\"name\": \"a\", \"kcal\": 3}, 4]}|label 2: name is a text",
        "json|{\"labels\": [{\"name\": \"a\", \"index\": -1}]}|label 1 (a): index is a whole number",
        "json|{\"labels\": [{\"name\": \"a\", \"metadata\": 7}]}|label 1 (a): metadata is an object",
        "json|{\"labels\": [{\"name\": \"a\", \"display_name\": 7}]}|display_name is a text",
        "csv||line 1: a CSV label file has a heading with the column name",
        "csv|names;kcal|line 1: a CSV label file has a heading with the column name",
        "csv|name|there is no class in it",
        "csv|name,kcal,kcal\\na,1,2|line 1: two columns are named kcal",
        "csv|name,kcal\\na\\n,3|line 2: 1 columns, the heading has 2; line 3: the name is empty",
        "csv|name,index\\na,first|line 2: index is a whole number from 0, not first",
      })
  void read_brokenFile_saysWhere(String ending, String text, String message) {
    String name = "labels." + ending;
    assertThatThrownBy(() -> file(name, text == null ? "" : text.replace("\\n", "\n")))
        .isInstanceOfSatisfying(
            DatasetException.class, e -> assertThat(e.path()).isEqualTo(folder.resolve(name)))
        .hasMessageContaining(message);
  }

  @Test
  void read_otherFile_isRefused() throws IOException {
    assertThatThrownBy(() -> LabelFile.read(folder.resolve("none.json")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no label file");
    assertThatThrownBy(() -> file("labels.xlsx", "name"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JSON or CSV");
    Files.write(folder.resolve("latin1.csv"), "name\ncrème".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> LabelFile.read(folder.resolve("latin1.csv")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("not in UTF-8");
  }

  private LabelFile file(String name, String text) throws IOException {
    return LabelFile.read(Files.writeString(folder.resolve(name), text));
  }
}
