package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demo --nonsense | Unknown option: '--nonsense'",
        "demo --count many | '--count'",
        "up --port | '--port'",
        "publish loan.amortize | 'FILE'",
        "publish a b --high --low | mutually exclusive",
        "job | 'ID'",
        "cancel | 'ID'",
        "jobs --state ENDED | expected one of [RUNNING, QUEUED, WAITING, FAILED, SUCCEEDED",
        "jobs --limit many | '--limit'",
        "nonsense | 'nonsense'"
      })
  void saysInOneLineWhichArgumentMakesNoSense(String arguments, String said) {
    CommandRun run = CommandRun.of(arguments.strip().split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("millrace: ")
        .contains(said);
    assertThat(run.err()).contains("--help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demo --count 0 | --count is 0 and has to be 1 to 5000000",
        "demo --seed -1 | --seed is -1 and has to be 0 or more",
        "demo --user me | --user and --password belong to --database",
        "demo --fresh --database jdbc:postgresql://host/db | --fresh deletes data of the embedded",
        "up --port 70000 | there is no port 70000",
        "up --foreground --database mysql://host/db | write jdbc:postgresql://host:port/name",
        "job 17 | 17 is no id of a job",
        "job 6b1c25a6-0a3f-8000-8000-000000000000 | no engine is running here",
        "job 6b1c25a6-0a3f-8000-8000-000000000000 --api x | --api is no address",
        "cancel 17 | 17 is no id of a job",
        "cancel 6b1c25a6-0a3f-8000-8000-000000000000 | no engine is running here",
        "jobs | no engine is running here",
        "jobs --state waiting --api x | --api is no address",
        "jobs --limit 0 | --limit is 0 and has to be 1 to 500",
        "logs | there is no log yet"
      })
  void saysInOneLineWhatToDo(String arguments, String said) {
    CommandRun run = CommandRun.of((arguments.strip() + " --data " + folder).split(" "));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("millrace: ")
        .contains(said);
  }

  @Test
  void publishRefusesWhatIsNoJson() throws Exception {
    Path file = Files.writeString(folder.resolve("payload"), "{");

    CommandRun run = CommandRun.of("publish", "a.b", file.toString(), "--data", folder.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("is no JSON");
  }

  @Test
  void publishNeedsAnEngineOrABroker() throws Exception {
    Path file = Files.writeString(folder.resolve("payload"), "{}");

    CommandRun run = CommandRun.of("publish", "a.b", file.toString(), "--data", folder.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("no engine is running here");
  }

  @Test
  void nothingRunsInAnEmptyFolder() {
    CommandRun status = CommandRun.of("status", "--data", folder.toString());
    CommandRun down = CommandRun.of("down", "--data", folder.toString());

    assertThat(status.exitCode()).isEqualTo(3);
    assertThat(status.out()).contains("no engine is running");
    assertThat(down.exitCode()).isZero();
  }

  @Test
  void everyCommandExplainsItself() {
    for (String command :
        List.of("demo", "up", "down", "status", "logs", "publish", "job", "jobs", "cancel")) {
      CommandRun help = CommandRun.of(command, "--help");

      assertThat(help.exitCode()).isZero();
      assertThat(help.out()).contains("Usage: millrace " + command);
      assertThat(help.out()).doesNotContain("--detached");
    }
  }
}
