package io.millrace.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import io.millrace.admin.access.Role;
import io.millrace.admin.issuer.Grant;
import io.millrace.admin.issuer.LocalIssuer;
import io.millrace.client.JobPublisher;
import io.millrace.client.contract.JobId;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.store.JobStore;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Worker, scheduler and API in one context, on real servers, with the handlers of the tests. */
final class EngineUnderTest implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final TestBroker broker = TestBroker.fresh();
  private final TestDatabase database = TestDatabase.fresh();
  private final DataFolder folder = temporary();
  private final Class<?> handlers;
  private final List<String> settings;
  private ConfigurableApplicationContext context;
  private final JobPublisher publisher;

  EngineUnderTest(Class<?> handlers, String... settings) throws InterruptedException {
    this.handlers = handlers;
    this.settings = List.of(settings);
    context = run();
    publisher = JobPublisher.connect(broker.amqpUri().toString());
  }

  private ConfigurableApplicationContext run() throws InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--logging.threshold.console=WARN",
                "--millrace.lease.heartbeat=200ms",
                "--millrace.lease.dead-after=2s",
                "--millrace.security.local-issuer=" + folder.issuerKey(),
                "--millrace.broker.uri=" + broker.amqpUri(),
                "--millrace.database.url=" + database.jdbcUrl(),
                "--millrace.database.user=" + database.user(),
                "--millrace.database.password=" + database.password()));
    arguments.addAll(settings);
    ConfigurableApplicationContext started =
        new SpringApplicationBuilder(StandaloneApplication.class, handlers)
            .run(arguments.toArray(String[]::new));
    assertThat(started.getBean(ConsumingSignal.class).await(PATIENCE)).isTrue();
    return started;
  }

  /** Stops all three processes, and starts them again. */
  void restart() throws InterruptedException {
    context.close();
    context = run();
  }

  JobPublisher publisher() {
    return publisher;
  }

  /** A plain connection to the broker. */
  Connection connect() throws Exception {
    return broker.connect();
  }

  JdbcClient jdbc() {
    return JdbcClient.create(database.dataSource());
  }

  Job job(String messageId) {
    return context.getBean(JobStore.class).find(JobId.of("default", messageId)).orElseThrow();
  }

  JobState state(String messageId) {
    return context
        .getBean(JobStore.class)
        .find(JobId.of("default", messageId))
        .map(job -> job.standing().state())
        .orElse(JobState.WAITING);
  }

  int count(String condition) {
    return jdbc().sql("SELECT count(*) FROM job WHERE " + condition).query(Integer.class).single();
  }

  /** A folder for commands, which has the key that they mint their tokens with. */
  Path folder() {
    return folder.path();
  }

  /** A request of somebody who may do everything. */
  HttpRequest.Builder request(String path) {
    Grant everything = new Grant("test", List.of(Role.ADMIN), List.of("*"), List.of("*"), true);
    String token =
        LocalIssuer.at(folder.issuerKey()).mint(everything, Instant.now(), Duration.ofMinutes(1));
    return HttpRequest.newBuilder(URI.create(api(path))).header("Authorization", "Bearer " + token);
  }

  String api(String path) {
    return "http://127.0.0.1:%s%s"
        .formatted(context.getEnvironment().getRequiredProperty("local.server.port"), path);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  private static DataFolder temporary() {
    try {
      return new DataFolder(Files.createTempDirectory("millrace-engine"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time left").isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  @Override
  public void close() {
    publisher.close();
    context.close();
    broker.close();
    database.close();
    try {
      Files.deleteIfExists(folder.issuerKey());
      Files.delete(folder.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
