package io.millrace.worker.claim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.MessageProperties;
import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.core.job.Job;
import io.millrace.core.job.LeaseToken;
import io.millrace.worker.TestHandlers;
import io.millrace.worker.handlers.FailureClassifier;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.handlers.RegisteredHandler;
import io.millrace.worker.intake.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SharesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final JobType MULTIPLY = new JobType("test.multiply");
  private static final JobType GATE = new JobType("test.gate");
  private static final HandlerRegistry HANDLERS =
      new HandlerRegistry(
          List.of(new TestHandlers.Multiply(), new TestHandlers.Gate()),
          new FailureClassifier(Set.of()));

  @Test
  void letsOthersGoFirstBeyondTheShareOfATenantAndType() {
    ActiveJobs active = new ActiveJobs(new ShareProperties(2, Map.of()));
    ActiveJob first = joined(active, "acme", MULTIPLY, "1");
    ActiveJob second = joined(active, "acme", MULTIPLY, "2");
    ActiveJob third = joined(active, "acme", MULTIPLY, "3");

    assertThat(first.doOthersGoFirst() || second.doOthersGoFirst()).isFalse();
    assertThat(third.doOthersGoFirst()).isTrue();
    assertThat(joined(active, "zebra", MULTIPLY, "4").doOthersGoFirst()).isFalse();
    assertThat(joined(active, "acme", GATE, "5").doOthersGoFirst()).isFalse();
    assertThat(first.maySkipItsFirstWrite()).as("within its share").isTrue();
    assertThat(third.maySkipItsFirstWrite()).as("beyond it").isFalse();
  }

  @Test
  void hasRoomAgainWhenAJobHasLeft() {
    ActiveJobs active = new ActiveJobs(new ShareProperties(1, Map.of()));
    ActiveJob first = joined(active, "acme", MULTIPLY, "1");
    assertThat(joined(active, "acme", MULTIPLY, "2").doOthersGoFirst()).isTrue();

    active.release(first);
    assertThat(joined(active, "acme", MULTIPLY, "3").doOthersGoFirst())
        .as("the one beyond is still at hand")
        .isTrue();
    active.all().forEach(active::release);
    active.release(first); // a second time changes nothing

    assertThat(joined(active, "acme", MULTIPLY, "4").doOthersGoFirst()).isFalse();
    assertThat(joined(active, "acme", MULTIPLY, "5").doOthersGoFirst()).isTrue();
  }

  @Test
  void countsARepeatOnce() {
    ActiveJobs active = new ActiveJobs(new ShareProperties(2, Map.of()));
    ActiveJob job = job("acme", MULTIPLY, "1");
    assertThat(active.join(job, delivery())).isEqualTo(ActiveJobs.Joined.FIRST);

    assertThat(active.join(job("acme", MULTIPLY, "1"), delivery()))
        .isEqualTo(ActiveJobs.Joined.REPEAT);
    assertThat(active.join(job("acme", GATE, "1"), delivery()))
        .isEqualTo(ActiveJobs.Joined.CONFLICT);

    assertThat(joined(active, "acme", MULTIPLY, "2").doOthersGoFirst()).isFalse();
  }

  @Test
  void countsOnlyTypesWhoseTenantsHaveAShare() {
    Shares shares = new Shares(new ShareProperties(0, Map.of(MULTIPLY.name(), 1)));
    for (int i = 0; i < 5; i++) {
      assertThat(shares.take(job("acme", GATE, "m-" + i))).isFalse();
    }
    assertThat(shares.areFree()).isTrue();

    ShareProperties off = new ShareProperties(0, Map.of());
    assertThat(off.isOff()).isTrue();
    assertThat(new Shares(off).take(job("acme", MULTIPLY, "1"))).isFalse();
    assertThat(new ShareProperties(9, Map.of("test.gate", 0)).of(GATE)).isZero();
  }

  @Test
  void losesNoCountWhenManyThreadsComeAndGo() throws Exception {
    Shares shares = new Shares(new ShareProperties(3, Map.of()));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        ActiveJob job = job("acme", MULTIPLY, "m-" + thread);
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 20_000; i++) {
                    shares.take(job);
                    shares.giveBack(job);
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }

    assertThat(shares.areFree()).isTrue();
  }

  private static ActiveJob joined(
      ActiveJobs active, String tenant, JobType type, String messageId) {
    ActiveJob job = job(tenant, type, messageId);
    assertThat(active.join(job, delivery())).isEqualTo(ActiveJobs.Joined.FIRST);
    return job;
  }

  private static ActiveJob job(String tenant, JobType type, String messageId) {
    byte[] payload = "{}".getBytes(UTF_8);
    RegisteredHandler handler = HANDLERS.find(type).orElseThrow();
    return new ActiveJob(
        new Job.Order(
            tenant, type, messageId, JobOptions.NONE, payload, Fingerprint.of(type, payload)),
        handler,
        payload,
        delivery(),
        new LeaseToken(new UUID(0, 1), 1));
  }

  private static Delivery delivery() {
    return new Delivery(
        new Nobody(),
        1,
        false,
        "millrace.jobs",
        "test.multiply",
        MessageProperties.MINIMAL_BASIC,
        new byte[0],
        NOW);
  }

  private static final class Nobody implements Delivery.Source {

    @Override
    public String queue() {
      return "queue";
    }

    @Override
    public void acknowledge(Collection<Long> tags) {
      throw new UnsupportedOperationException();
    }
  }
}
