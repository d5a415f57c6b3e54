package io.millrace.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.batch.BatchPartition;
import io.millrace.core.batch.BatchRequest;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRunState;
import io.millrace.core.batch.BatchRunStore;
import io.millrace.core.batch.JdbcBatchRunStore;
import io.millrace.testing.Await;
import io.millrace.testing.PrivateProcess;
import io.millrace.testing.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Schedulers that are killed, or stand still for longer than their lease, while a run goes on. */
class KilledSchedulerIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @AutoClose private final TestDatabase database = TestDatabase.fresh();
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final BatchRunStore runs = new JdbcBatchRunStore(jdbc);
  private final Map<String, PrivateProcess> processes = new HashMap<>();

  @Test
  void aRunCompletesByItselfWhoeverIsKilledAndNothingIsDoneTwice() {
    start("one");
    start("two");
    BatchProcess.allow(jdbc, 0);
    UUID run = request(Map.of("numbers", "8000", "partitions", "8"));

    for (int kill = 1; kill <= 3; kill++) {
      long reached = kill * 2_000L;
      BatchProcess.allow(jdbc, reached);
      await(() -> CountingBatch.counted(jdbc) >= reached);
      await(() -> !manager(run).equals("nobody"));
      String victim = kill == 2 ? other(manager(run)) : manager(run);
      process(victim).close();
      start(victim);
    }
    BatchProcess.allow(jdbc, Long.MAX_VALUE);
    await(() -> find(run).endedAt() != null);

    assertThat(find(run).state()).as(find(run).message()).isEqualTo(BatchRunState.COMPLETED);
    assertThat(CountingBatch.counted(jdbc)).isEqualTo(8_000);
    assertThat(CountingBatch.different(jdbc)).isEqualTo(8_000);
    assertThat(find(run).progress().done()).isEqualTo(8_000);
    processes.values().forEach(PrivateProcess::close);
  }

  @Test
  void whoeverWakesUpAfterItsLeaseHasEndedWritesNothingMore() {
    start("one");
    BatchProcess.allow(jdbc, 1_000);
    UUID run = request(Map.of("numbers", "8000", "partitions", "2"));
    await(() -> CountingBatch.counted(jdbc) >= 1_000);

    process("one").pause();
    start("two");
    await(() -> manager(run).equals("two"));
    BatchProcess.allow(jdbc, Long.MAX_VALUE);
    process("one").resume();
    await(() -> find(run).endedAt() != null);

    assertThat(find(run).state()).as(find(run).message()).isEqualTo(BatchRunState.COMPLETED);
    assertThat(CountingBatch.counted(jdbc)).isEqualTo(8_000);
    assertThat(CountingBatch.different(jdbc)).isEqualTo(8_000);
    processes.values().forEach(PrivateProcess::close);
  }

  @Test
  void aPartitionThatEndsItsSchedulersIsGivenUpAndNothingElseIs() {
    String[] fatal = {"-Dfatal=6500", "-Drestarts=1"};
    start("one", fatal);
    BatchProcess.allow(jdbc, Long.MAX_VALUE);
    UUID run = request(Map.of("numbers", "8000", "partitions", "4"));

    for (int death = 1; death <= 2; death++) {
      assertThat(process("one").awaitExit(PATIENCE)).isEqualTo(13);
      process("one").close();
      start("one", fatal);
    }
    await(() -> find(run).endedAt() != null);

    assertThat(find(run).state()).isEqualTo(BatchRunState.FAILED);
    assertThat(find(run).message()).contains("have ended without a word");
    processes.values().forEach(PrivateProcess::close);
  }

  private void start(String name, String... options) {
    PrivateProcess process = BatchProcess.start(database, options);
    processes.put(name, process);
    process.awaitLine("Started", PATIENCE); // and has migrated the database
    CountingBatch.createTable(jdbc);
  }

  private PrivateProcess process(String name) {
    return Objects.requireNonNull(processes.get(name), "it was started");
  }

  private String manager(UUID run) {
    String owner = String.valueOf(find(run).owner());
    return processes.entrySet().stream()
        .filter(each -> owner.startsWith(each.getValue().pid() + "@"))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("nobody");
  }

  private static String other(String name) {
    return name.equals("one") ? "two" : "one";
  }

  private UUID request(Map<String, String> parameters) {
    await(() -> !runs.jobs().isEmpty());
    BatchRequest request =
        runs.request(CountingBatch.NAME, parameters, LocalDate.of(2026, 3, 31), "test");
    assertThat(request).isInstanceOf(BatchRequest.Accepted.class);
    return ((BatchRequest.Accepted) request).run().id();
  }

  private BatchRun find(UUID run) {
    return runs.find(run).orElseThrow();
  }

  private void await(BooleanSupplier done) {
    assertThat(Await.until(done, PATIENCE)).as(this::whatIsThere).isTrue();
  }

  private String whatIsThere() {
    StringBuilder all = new StringBuilder();
    runs.latest(Optional.empty(), 5)
        .forEach(
            run -> {
              all.append(run).append('\n');
              for (BatchPartition part : runs.partitions(run.id())) {
                all.append(part).append('\n');
              }
            });
    processes.forEach(
        (name, process) ->
            all.append(name).append(":\n").append(String.join("\n", process.lines())).append('\n'));
    return all.toString();
  }
}
