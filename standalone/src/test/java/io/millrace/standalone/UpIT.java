package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One engine in the background for all tests. */
class UpIT {

  private static final Pattern JOB = Pattern.compile("job ([0-9a-f-]{36})");

  @TempDir static Path folder;

  @BeforeAll
  static void up() {
    CommandRun up = run("up", "--port", "0");

    assertThat(up.err()).isEmpty();
    assertThat(up.exitCode()).isZero();
    assertThat(up.out()).contains("http://127.0.0.1:", "amqp://", "jdbc:postgresql:", "engine.log");
    assertThat(up.out()).contains("./millrace down --data " + folder);
  }

  @AfterAll
  static void down() {
    CommandRun down = run("down");
    CommandRun status = run("status");

    assertThat(down.exitCode()).isZero();
    assertThat(down.out()).contains("the engine has stopped");
    assertThat(status.exitCode()).isEqualTo(3);
    assertThat(folder.resolve("engine.properties")).doesNotExist();
  }

  @Test
  void aSecondStartSaysInOneLineThatItRuns() {
    for (String[] start : new String[][] {{"up"}, {"demo"}, {"up", "--foreground"}}) {
      CommandRun second = run(start);

      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.err().lines())
          .singleElement()
          .asString()
          .contains("running already at http://127.0.0.1:", "./millrace down");
    }
  }

  @Test
  void itsAddressesAreForItsOwnerAlone() throws Exception {
    assertThat(Files.getPosixFilePermissions(folder.resolve("engine.properties")))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void statusSaysThatItIsWell() {
    CommandRun status = run("status");

    assertThat(status.exitCode()).isZero();
    assertThat(status.out()).contains("health UP");
  }

  @Test
  void aPublishedJobCanBeLookedAt() throws Exception {
    Path flows =
        Files.writeString(
            folder.resolve("flows.json"),
            """
            {"flows": [{"date": "2025-01-01", "amount": "-1000"},
                       {"date": "2026-01-01", "amount": "1100"}]}
            """);

    CommandRun published = run("publish", "cashflow.xirr", flows.toString(), "--id", "portfolio-7");
    Matcher job = JOB.matcher(published.out());

    assertThat(published.err()).isEmpty();
    assertThat(published.exitCode()).isZero();
    assertThat(job.find()).isTrue();
    assertThat(shown(job.group(1)).out())
        .contains("cashflow.xirr", "portfolio-7", "SUCCEEDED", "\"rate\"");
  }

  @Test
  void aTypeThatNobodyHasIsRefused() throws Exception {
    Path payload = Files.writeString(folder.resolve("payload.json"), "{}");

    CommandRun published = run("publish", "no.such.type", payload.toString());

    assertThat(published.exitCode()).isEqualTo(1);
    assertThat(published.err().lines())
        .singleElement()
        .asString()
        .contains("no worker has the type no.such.type");
  }

  @Test
  void anUnknownJobIsOneLine() {
    CommandRun job = run("job", "6b1c25a6-0a3f-8000-8000-000000000000");

    assertThat(job.exitCode()).isEqualTo(1);
    assertThat(job.err().lines()).singleElement().asString().contains("there is no job 6b1c25a6");
  }

  /** The job may take a moment to be claimed and to end. */
  private static CommandRun shown(String id) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    CommandRun job = run("job", id);
    while (!job.out().contains("SUCCEEDED") && System.nanoTime() < deadline) {
      job = run("job", id);
    }
    return job;
  }

  private static CommandRun run(String... command) {
    String[] args = Arrays.copyOf(command, command.length + 2);
    args[command.length] = "--data";
    args[command.length + 1] = folder.toString();
    return CommandRun.of(args);
  }
}
