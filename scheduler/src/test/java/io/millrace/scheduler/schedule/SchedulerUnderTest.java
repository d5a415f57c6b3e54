package io.millrace.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.scheduler.SchedulerApplication;
import io.millrace.testing.Await;
import io.millrace.testing.TestBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A scheduler that looks as often as JobRunr lets it. */
final class SchedulerUnderTest implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ConfigurableApplicationContext context;

  private SchedulerUnderTest(ConfigurableApplicationContext context) {
    this.context = context;
  }

  static SchedulerUnderTest start(
      TestBroker broker, String jdbcUrl, String user, String password, String... settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--logging.threshold.console=WARN",
                "--millrace.jobrunr.poll=5s",
                "--millrace.jobrunr.restart-after=100ms",
                "--millrace.broker.uri=" + broker.amqpUri(),
                "--millrace.database.url=" + jdbcUrl,
                "--millrace.database.user=" + user,
                "--millrace.database.password=" + password));
    arguments.addAll(List.of(settings));
    return new SchedulerUnderTest(
        new SpringApplicationBuilder(SchedulerApplication.class)
            .run(arguments.toArray(String[]::new)));
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Waits for what has to come. */
  static void await(String what, BooleanSupplier done) {
    assertThat(Await.until(done, PATIENCE)).as(what).isTrue();
  }

  @Override
  public void close() {
    context.close();
  }
}
