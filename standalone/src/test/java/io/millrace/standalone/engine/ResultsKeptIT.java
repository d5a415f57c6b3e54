package io.millrace.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.Outcome;
import io.millrace.client.contract.OutcomeEvent;
import io.millrace.client.contract.OutcomeEventReader;
import io.millrace.core.job.JobState;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A result is dropped after its time, and its job is shown and announced without it. */
class ResultsKeptIT {

  @AutoClose
  private final EngineUnderTest engine =
      new EngineUnderTest(FlakyHandlers.class, "--millrace.results.types.test.busy=1s");

  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  ResultsKeptIT() throws InterruptedException {}

  @Test
  void showsAndAnnouncesAJobWhoseResultWasDropped() throws Exception {
    try (Connection connection = engine.connect();
        Channel channel = connection.createChannel()) {
      String events = channel.queueDeclare().getQueue();
      channel.queueBind(events, ContractNames.EVENTS, "job.succeeded.test.busy");
      publish();
      OutcomeEvent first = await(channel, events);
      assertThat(first.outcome()).isInstanceOf(Outcome.Succeeded.class);

      engine.restart(); // its first look is at once
      EngineUnderTest.await(() -> engine.job("busy").ending().resultDroppedAt() != null);
      publish();
      OutcomeEvent again = await(channel, events);

      assertThat(again.id()).isEqualTo(first.id());
      assertThat(again.time()).isEqualTo(first.time());
      assertThat(((Outcome.Succeeded) first.outcome()).result()).isNotNull();
      assertThat(((Outcome.Succeeded) again.outcome()).result()).isNull();
    }
    assertThat(engine.state("busy")).isEqualTo(JobState.SUCCEEDED);
    assertThat(get("/v1/jobs?tenant=default&messageId=busy"))
        .contains("\"resultDroppedAt\":\"")
        .doesNotContain("\"result\":");
  }

  private void publish() {
    engine
        .publisher()
        .job("test.busy")
        .messageId("busy")
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

  private String get(String path) throws Exception {
    return http.send(engine.request(path).build(), BodyHandlers.ofString()).body();
  }
}
