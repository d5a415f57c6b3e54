package io.millrace.admin.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/api/problems.md");

  @Test
  void theDocumentListsExactlyTheTypesThatThereAre() throws IOException {
    List<String> inCode =
        Arrays.stream(ProblemType.values())
            .map(
                type ->
                    "| `%s` | %d | %s |"
                        .formatted(type.slug(), type.status().value(), type.title()))
            .toList();

    List<String> documented =
        Files.readAllLines(DOCUMENT).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2) + 1))
            .toList();

    assertThat(documented).containsExactlyElementsOf(inCode);
  }

  @Test
  void everyTypeSaysWhatToDo() throws IOException {
    assertThat(Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("| `")))
        .allSatisfy(line -> assertThat(line.split("\\|")[4]).isNotBlank());
  }

  @Test
  void namesATypeByItsUri() {
    assertThat(ProblemType.ALREADY_ENDED.uri()).hasToString("urn:millrace:problem:already-ended");
  }
}
