package io.millrace.standalone.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.OutcomeEvent;
import io.millrace.client.contract.OutcomeEventReader;
import io.millrace.core.batch.BatchRequest;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRunState;
import io.millrace.core.batch.BatchRunStore;
import io.millrace.core.job.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runs that come with the scheduler, done by the engine beside jobs. */
class NightlyRunsIT {

  @TempDir private static Path folder;

  @AutoClose
  private final EngineUnderTest engine =
      new EngineUnderTest(
          FlakyHandlers.class,
          "--millrace.batch.restarts=1",
          "--millrace.batch.partitions=4",
          "--millrace.statement.folder=" + folder,
          "--millrace.retention.jobs=30d");

  private final BatchRunStore runs = engine.bean(BatchRunStore.class);

  NightlyRunsIT() throws InterruptedException {}

  @Test
  void doNotLetARepeatOfAnErasedJobRun() throws Exception {
    try (Connection connection = engine.connect();
        Channel channel = connection.createChannel()) {
      String events = channel.queueDeclare().getQueue();
      channel.queueBind(events, ContractNames.EVENTS, "job.succeeded.test.busy");
      publish("erased");
      OutcomeEvent first = await(channel, events);
      int ran = FlakyHandlers.BEGINNINGS.getOrDefault("erased", List.of()).size();
      age("erased");

      BatchRun run = completed("retention", Map.of());
      publish("erased");
      OutcomeEvent again = await(channel, events);

      assertThat(run.progress().done()).isEqualTo(1);
      assertThat(engine.job("erased").ending().erasedAt()).isNotNull();
      assertThat(engine.job("erased").order().payload()).isEmpty();
      assertThat(again.id()).isEqualTo(first.id());
      assertThat(FlakyHandlers.BEGINNINGS.get("erased")).hasSize(ran);
      assertThat(engine.count("state <> 'SUCCEEDED'")).isZero();
    }
  }

  @Test
  void stateWhatBecameOfADaysJobs() throws Exception {
    publish("stated");
    EngineUnderTest.await(() -> engine.state("stated") == JobState.SUCCEEDED);
    age("stated");
    LocalDate date =
        requireNonNull(engine.job("stated").times().finishedAt())
            .atZone(ZoneOffset.UTC)
            .toLocalDate();

    BatchRun run = completed("daily-statement", Map.of("date", date.toString()));

    assertThat(runs.totals(run.id())).hasSize(4).allMatch(total -> total.matches());
    assertThat(Files.readAllLines(folder.resolve(date + "/default.csv")))
        .hasSize(2)
        .last()
        .asString()
        .startsWith(date + ",default,test.busy,1,0,0,0,2,");
    assertThat(folder.resolve(date + "/default.json")).exists();
    assertThat(
            engine
                .jdbc()
                .sql("SELECT succeeded FROM daily_statement")
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void forgetWhatOldRunsDidButNotThatWhatIsNeverToBeRepeatedIsDone() throws Exception {
    BatchRun repeatable = completed("daily-statement", Map.of("date", "2026-01-01"));
    BatchRun once = completed("daily-statement", Map.of("date", "2026-01-02"));
    BatchRun young = completed("daily-statement", Map.of("date", "2026-01-03"));
    engine
        .jdbc()
        .sql("UPDATE batch_run SET ended_at = ended_at - interval '100 d' WHERE id <> :id")
        .param("id", young.id())
        .update();
    engine
        .jdbc()
        .sql("UPDATE batch_run SET repeatable = false WHERE id = :id")
        .param("id", once.id())
        .update();

    BatchRun run = completed("retention", Map.of());

    assertThat(run.progress().done()).isEqualTo(2);
    assertThat(runs.find(repeatable.id())).isEmpty();
    assertThat(runs.find(once.id())).isPresent();
    assertThat(runs.totals(once.id())).hasSize(4);
    assertThat(runs.partitions(once.id())).isEmpty();
    assertThat(runs.partitions(young.id())).isNotEmpty();
    assertThat(
            engine
                .jdbc()
                .sql(
                    "SELECT parameter_value FROM batch_job_execution_params WHERE parameter_name = 'run'")
                .query((row, _) -> row.getString(1))
                .list())
        .containsExactlyInAnyOrder(young.id().toString(), run.id().toString());
    assertThat(
            engine
                .jdbc()
                .sql("SELECT count(*) FROM batch_job_instance")
                .query(Integer.class)
                .single())
        .isEqualTo(2);
  }

  /** As if a job had come and ended a hundred days ago. */
  private void age(String messageId) {
    engine
        .jdbc()
        .sql(
            """
            UPDATE job SET created_at = created_at - interval '100 d', started_at = started_at - interval '100 d',
              finished_at = finished_at - interval '100 d'
            WHERE message_id = :messageId
            """)
        .param("messageId", messageId)
        .update();
  }

  private BatchRun completed(String job, Map<String, String> parameters) throws Exception {
    BatchRequest request = runs.request(job, parameters, LocalDate.of(2026, 11, 23), "test");
    assertThat(request).isInstanceOf(BatchRequest.Accepted.class);
    UUID id = ((BatchRequest.Accepted) request).run().id();
    EngineUnderTest.await(() -> runs.find(id).orElseThrow().endedAt() != null);
    BatchRun run = runs.find(id).orElseThrow();
    assertThat(run.state()).as("%s", run.message()).isEqualTo(BatchRunState.COMPLETED);
    return run;
  }

  private void publish(String messageId) {
    engine
        .publisher()
        .job("test.busy")
        .messageId(messageId)
        .payload(new FlakyHandlers.Value(7))
        .publish()
        .join();
  }

  private static OutcomeEvent await(Channel channel, String queue) throws Exception {
    GetResponse[] found = {null};
    EngineUnderTest.await(
        () -> {
          try {
            found[0] = channel.basicGet(queue, true);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          return found[0] != null;
        });
    return new OutcomeEventReader().read(found[0].getBody());
  }
}
