package io.millrace.scheduler.fileimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.batch.PermanentBatchFailure;
import io.millrace.core.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportFolderTest {

  private static final UUID RUN = new UUID(1, 1);
  private static final UUID NEXT = new UUID(1, 2);

  @TempDir private Path root;
  private ImportFolder folder;

  @BeforeEach
  void make() {
    folder = ImportFolder.at(root.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../x.csv",
        "/etc/passwd",
        "a/b.csv",
        "a\\b.csv",
        ".hidden",
        "a\nb",
        "a\0b",
        "x.csv.part",
        "x.TMP",
        "x.filepart",
      })
  void refusesNamesThatAreNotOfAFileInTheInbox(String name) throws IOException {
    Files.writeString(root.resolve("x.csv"), "outside");

    assertThatThrownBy(() -> folder.take(name, RUN)).isInstanceOf(PermanentBatchFailure.class);
    assertThat(root.resolve("x.csv")).exists();
  }

  @Test
  void refusesNamesThatAreTooLong() {
    assertThat(ImportFolder.problem("\u00e9".repeat(90))).isNull();
    assertThat(ImportFolder.problem("\u00e9".repeat(91))).contains("180");
  }

  @Test
  void doesNotFollowLinks() throws IOException {
    Path secret = Files.writeString(root.resolve("secret"), "1");
    Files.createSymbolicLink(folder.inInbox("link.csv"), secret);
    Files.createDirectory(folder.inInbox("folder.csv"));

    assertThat(folder.take("link.csv", RUN)).isFalse();
    assertThat(folder.take("folder.csv", RUN)).isFalse();
    assertThat(folder.waiting()).isEmpty();
    assertThat(secret).exists();
  }

  @Test
  void takesAFileOnceAndLeavesTheNextOfItsName() throws IOException {
    Files.writeString(folder.inInbox("a.csv"), "first");
    assertThat(folder.take("a.csv", RUN)).isTrue();
    Files.writeString(folder.inInbox("a.csv"), "second");

    assertThat(folder.take("a.csv", RUN)).isTrue(); // again, after a crash

    assertThat(folder.inWork("a.csv", RUN)).hasContent("first");
    assertThat(folder.inInbox("a.csv")).hasContent("second");
  }

  @Test
  void putsAFileAwayOnceAndBesideOthersOfItsName() throws IOException {
    for (UUID run : new UUID[] {RUN, NEXT}) {
      Files.writeString(folder.inInbox("a.csv"), run.toString());
      folder.take("a.csv", run);
      folder.archive("a.csv", run);
      folder.archive("a.csv", run);
    }

    assertThat(folder.inDone("a.csv", RUN)).hasContent(RUN.toString());
    assertThat(folder.inDone("a.csv", NEXT)).hasContent(NEXT.toString());
    assertThat(folder.inWork("a.csv", RUN)).doesNotExist();
    assertThatThrownBy(() -> folder.archive("b.csv", RUN))
        .isInstanceOf(PermanentBatchFailure.class)
        .hasMessageContaining("taken away");
  }

  @Test
  void listsWhatIsThereAndComplete() throws IOException {
    for (String name : new String[] {"b.csv", "a.csv", ".hidden", "c.part", "d.csv.tmp"}) {
      Files.writeString(folder.inInbox(name), "");
    }

    assertThat(folder.waiting()).containsExactly("a.csv", "b.csv");
    assertThat(folder.take("none.csv", RUN)).isFalse();
  }

  @Test
  void needsAFolder() {
    assertThatThrownBy(() -> ImportFolder.at(root.resolve("missing").toString()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("millrace.file-import.folder");
  }
}
