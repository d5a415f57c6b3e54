package io.millrace.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.PublishedJob;
import io.millrace.handler.Calculation;
import io.millrace.handler.Handles;
import io.millrace.handler.JobContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One tenant's crowd comes first, another's few behind it, in the same queue. */
class FairSharesIT {

  private static final int CROWD = 2_000;
  private static final int FEW = 10;
  private static final String LAST_OF_THE_FEW =
      "(SELECT max(few.finished_at) FROM job few WHERE few.tenant = 'few')";

  @AutoClose
  private final EngineUnderTest engine =
      new EngineUnderTest(
          PatientHandlers.class,
          "--millrace.tenants.spokesmen=*",
          "--millrace.worker.threads=2",
          "--millrace.dispatcher.window=50",
          "--millrace.shares.common=20");

  FairSharesIT() throws InterruptedException {}

  @Test
  void letsTheFewEndLongBeforeTheCrowd() throws Exception {
    List<CompletableFuture<PublishedJob>> confirms = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      confirms.add(publish("crowd", i));
    }
    CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new)).join();
    for (int i = 0; i < FEW; i++) {
      publish("few", i).join();
    }
    PatientHandlers.BEGIN.countDown();

    EngineUnderTest.await(() -> engine.count("state = 'SUCCEEDED'") == CROWD + FEW);

    assertThat(engine.count("tenant = 'crowd' AND finished_at < " + LAST_OF_THE_FEW))
        .as("of the crowd, what ended before the last of the few")
        .isLessThan(CROWD / 10);
    assertThat(engine.count("tenant = 'crowd' AND attempt = 1"))
        .as("no one twice")
        .isEqualTo(CROWD);
    assertThat(engine.count("tenant = 'few' AND finished_at IS NOT NULL")).isEqualTo(FEW);
  }

  private CompletableFuture<PublishedJob> publish(String tenant, int number) {
    return engine
        .publisher()
        .job("test.patient")
        .tenant(tenant)
        .messageId(tenant + "-" + number)
        .payload(new PatientHandlers.Value(number))
        .publish();
  }

  /** Handlers that take a while. */
  @Configuration(proxyBeanMethods = false)
  static class PatientHandlers {

    /** Until everything is published nothing ends, so that the order of arrival is the only one. */
    static final CountDownLatch BEGIN = new CountDownLatch(1);

    /** A number. */
    record Value(int value) {}

    /** Takes a few milliseconds. */
    @Handles("test.patient")
    static final class Patient implements Calculation<Value, Value> {
      @Override
      public Value calculate(Value input, JobContext context) throws Exception {
        if (!BEGIN.await(60, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody began");
        }
        Thread.sleep(5);
        return input;
      }
    }

    @Bean
    Patient patient() {
      return new Patient();
    }
  }
}
