package io.millrace.scheduler.fileimport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.batch.BatchRequest;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRunState;
import io.millrace.core.batch.BatchRunStore;
import io.millrace.scheduler.SchedulerApplication;
import io.millrace.testing.Await;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two schedulers with one inbox, from the file to its jobs. */
class FileImportEngineIT {

  private static final int LINES = 3_000;

  @AutoClose private final TestBroker broker = TestBroker.fresh();
  @AutoClose private final TestDatabase database = TestDatabase.fresh();
  @TempDir private Path root;

  @Test
  void importsWhatIsInTheInboxOnce() throws Exception {
    try (ConfigurableApplicationContext one = scheduler();
        ConfigurableApplicationContext other = scheduler()) {
      deliver();

      BatchRunStore runs = one.getBean(BatchRunStore.class);
      assertThat(
              Await.until(
                  () ->
                      runs.latest(Optional.of(FileImport.JOB), 10).stream()
                          .anyMatch(run -> run.state() == BatchRunState.COMPLETED),
                  Duration.ofSeconds(120)))
          .as("a run that has completed, among %s", runs.latest(Optional.of(FileImport.JOB), 10))
          .isTrue();

      assertThat(other.isRunning()).isTrue();
      BatchRun run = runs.latest(Optional.of(FileImport.JOB), 10).getLast();
      assertThat(run.state()).isEqualTo(BatchRunState.COMPLETED);
      assertThat(run.progress().done()).isEqualTo(LINES + 1);
      assertThat(run.progress().total()).isEqualTo(LINES + 1);
      assertThat(runs.totals(run.id())).hasSize(3).allMatch(total -> total.matches());
      assertThat(
              one.getBean(JdbcClient.class)
                  .sql("SELECT count(*) FROM job WHERE tenant = 'acme' AND type = 'a.b'")
                  .query(Long.class)
                  .single())
          .isEqualTo(LINES);
      assertThat(Files.readString(only("rejected"), UTF_8))
          .contains("\"line\":%d,".formatted(LINES + 1), "\"text\":\"{\"}");
      assertThat(only("done")).hasFileName("a.jsonl." + run.id());
      assertThat(files("inbox")).isEmpty();
      assertThat(files("work")).isEmpty();
      aFileThatIsNotThereFailsItsRunAtOnce(runs);
    }
  }

  private static void aFileThatIsNotThereFailsItsRunAtOnce(BatchRunStore runs) {
    BatchRequest request =
        runs.request(FileImport.JOB, Map.of("file", "none.jsonl"), LocalDate.EPOCH, "a test");
    UUID wrong = ((BatchRequest.Accepted) request).run().id();

    Await.until(
        () -> runs.find(wrong).orElseThrow().state() == BatchRunState.FAILED,
        Duration.ofSeconds(60));

    BatchRun failed = runs.find(wrong).orElseThrow();
    assertThat(failed.state()).isEqualTo(BatchRunState.FAILED);
    assertThat(failed.message()).contains("there is no file 'none.jsonl' in the inbox");
    assertThat(failed.begun()).isEqualTo(1);
  }

  private void deliver() throws IOException {
    Path draft = root.resolve("inbox", "a.jsonl.part");
    try (BufferedWriter file = Files.newBufferedWriter(draft)) {
      for (int i = 0; i < LINES; i++) {
        file.write("{\"n\":%d}\n".formatted(i));
      }
      file.write("{");
    }
    Files.move(draft, root.resolve("inbox", "a.jsonl"));
  }

  private Path only(String where) throws IOException {
    List<Path> files = files(where);
    assertThat(files).hasSize(1);
    return files.getFirst();
  }

  private List<Path> files(String where) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(where))) {
      return new ArrayList<>(files.toList());
    }
  }

  private ConfigurableApplicationContext scheduler() {
    return new SpringApplicationBuilder(SchedulerApplication.class)
        .run(
            "--server.port=0",
            "--millrace.broker.uri=" + broker.amqpUri(),
            "--millrace.database.url=" + database.jdbcUrl(),
            "--millrace.database.user=" + database.user(),
            "--millrace.database.password=" + database.password(),
            "--millrace.file-import.folder=" + root,
            "--millrace.file-import.look=200ms",
            "--millrace.file-import.settled-after=0",
            "--millrace.file-import.chunk=100",
            "--millrace.file-import.sources.lines.files=*.jsonl",
            "--millrace.file-import.sources.lines.format=JSON_LINES",
            "--millrace.file-import.sources.lines.jobs.tenant=acme",
            "--millrace.file-import.sources.lines.jobs.type=a.b");
  }
}
