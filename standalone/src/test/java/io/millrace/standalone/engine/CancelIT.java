package io.millrace.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is called off does not happen, wherever its job stands. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancelIT {

  @AutoClose private final HttpClient http = HttpClient.newHttpClient();
  @AutoClose private final EngineUnderTest engine = new EngineUnderTest(CancellableHandlers.class);

  CancelIT() throws InterruptedException {}

  @Test
  void aJobThatWaitsNeverRuns() throws Exception {
    publish("test.slow", "waiting", Instant.now().plusSeconds(3_600));
    EngineUnderTest.await(() -> engine.count("message_id = 'waiting'") == 1);

    cancel("waiting");

    awaitAnnounced("waiting");
    assertThat(CancellableHandlers.WAITING).doesNotContain("waiting");
  }

  @Test
  void aCalculationIsInterruptedAndItsResultRefused() throws Exception {
    publish("test.slow", "slow", null);
    EngineUnderTest.await(() -> engine.state("slow") == JobState.RUNNING);

    cancel("slow");

    EngineUnderTest.await(() -> CancellableHandlers.INTERRUPTED.contains("slow"));
    awaitAnnounced("slow");
  }

  @Test
  void aTransactionalHandlerHasDoneNothing() throws Exception {
    engine.jdbc().sql("CREATE TABLE effect (message_id text PRIMARY KEY)").update();
    publish("test.posting", "posting", null);
    EngineUnderTest.await(() -> CancellableHandlers.WAITING.contains("posting"));

    cancel("posting");

    EngineUnderTest.await(() -> CancellableHandlers.INTERRUPTED.contains("posting"));
    awaitAnnounced("posting");
    assertThat(engine.jdbc().sql("INSERT INTO effect VALUES ('posting')").update())
        .as("there is no such row; this waits for the end of the handler's transaction")
        .isEqualTo(1);
  }

  private void publish(String type, String messageId, @Nullable Instant notBefore) {
    engine
        .publisher()
        .job(type)
        .messageId(messageId)
        .notBefore(notBefore)
        .payload(new CancellableHandlers.Value(1))
        .publish()
        .join();
  }

  private void cancel(String messageId) throws IOException, InterruptedException {
    String path = "/v1/jobs/%s/cancel".formatted(engine.job(messageId).id());
    HttpResponse<String> answer =
        http.send(
            engine.request(path).POST(HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"state\":\"CANCELLED\"");
  }

  private void awaitAnnounced(String messageId) throws InterruptedException {
    EngineUnderTest.await(
        () -> engine.count("message_id = '%s' AND NOT announce_due".formatted(messageId)) == 1);
    Job job = engine.job(messageId);
    assertThat(job.standing().state()).isEqualTo(JobState.CANCELLED);
    assertThat(job.standing().attempt()).isEqualTo(1);
    assertThat(job.ending()).isEqualTo(Job.Ending.NONE);
  }
}
