package io.millrace.handler.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobMessage;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.Lane;
import io.millrace.core.job.Outcome;
import io.millrace.handler.CallContext;
import io.millrace.handler.Integration;
import io.millrace.handler.JobHandler;
import io.millrace.handler.TransactionalHandler;
import io.millrace.handler.http.HttpClient;
import io.millrace.worker.dependency.HttpSettings;
import io.millrace.worker.handlers.FailureClassifier;
import io.millrace.worker.handlers.HandlerRegistry;
import io.millrace.worker.handlers.RegisteredHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job for a test of its handler. It is read, checked, run and judged by the code that does so in
 * a worker, without a broker; a database is needed by a {@link TransactionalHandler} alone, and an
 * {@link Integration} calls whom the test names.
 *
 * <pre>{@code
 * Attempt attempt = TestJob.of(new AmortizeLoan()).payloadFrom("loan.json").run();
 *
 * assertThat(attempt.expectSuccess().resultAs(AmortizationSchedule.class).instalments()).hasSize(240);
 * }</pre>
 *
 * <p>What needs a worker is left out: there are no retries, time limits and early ends, and nothing
 * is recorded. May be run more than once and changed in between; not safe for use by many threads.
 */
public final class TestJob {

  private final JobHandler<?, ?> handler;
  private final Set<String> permanent = new HashSet<>();
  private RegisteredHandler registered;
  private byte @Nullable [] payload;
  private @Nullable Connection connection;
  private @Nullable HttpSettings partner;
  private String tenant = "default";
  private String messageId = "message-1";
  private int attempt = 1;
  private @Nullable Instant deadline;
  private boolean cancelled;

  private TestJob(JobHandler<?, ?> handler) {
    this.handler = handler;
    this.registered = register(handler, Set.of());
  }

  /**
   * The first attempt at a job of the type that {@code handler} does, with the message id {@code
   * message-1}, of the tenant {@code default}.
   *
   * @throws io.millrace.worker.handlers.InvalidHandlerException if no worker could use the handler
   */
  public static TestJob of(JobHandler<?, ?> handler) {
    return new TestJob(handler);
  }

  /**
   * @param json what the message's body would be
   */
  public TestJob payload(String json) {
    payload = json.getBytes(UTF_8);
    return this;
  }

  /**
   * Takes the payload from a file.
   *
   * @param resource its path beside the handler's class, or from the root of the class path with a
   *     leading slash
   */
  public TestJob payloadFrom(String resource) {
    try (InputStream stream = handler.getClass().getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException(
            "there is no resource '%s' beside %s: put it into the same package, or begin its path with a slash"
                .formatted(resource, handler.getClass().getName()));
      }
      payload = stream.readAllBytes();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the payload from " + resource, e);
    }
  }

  /** Who the job belongs to. */
  public TestJob tenant(String name) {
    tenant = name;
    return this;
  }

  /** The id of the message that the job came with; with the tenant it makes the job's id. */
  public TestJob messageId(String id) {
    messageId = id;
    return this;
  }

  /**
   * @param number which attempt this is; at least 1
   */
  public TestJob attempt(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("the first attempt is number 1, there is no " + number);
    }
    attempt = number;
    return this;
  }

  /** After what time the job is of no use; the handler is told, and runs even if it has passed. */
  public TestJob deadline(Instant instant) {
    deadline = instant;
    return this;
  }

  /**
   * The job is cancelled, or has run for too long: the context says so, and the handler's thread is
   * interrupted, from the beginning. The attempt shows how the handler ends; a worker drops a
   * result that comes all the same, so nothing that was done by SQL is committed.
   */
  public TestJob cancelled() {
    cancelled = true;
    return this;
  }

  /**
   * Failures with {@code exception}, and with what is derived from it, are permanent, as if {@code
   * millrace.permanent-exceptions} named it.
   */
  public TestJob permanent(Class<? extends Throwable> exception) {
    permanent.add(exception.getName());
    registered = register(handler, permanent);
    return this;
  }

  /**
   * Where a {@link TransactionalHandler} works. Each run is a transaction of its own, which is
   * committed if the handler succeeds and rolled back if it does not. The connection stays open and
   * as it was.
   *
   * @param connection to a PostgreSQL database, with autocommit
   */
  public TestJob connection(Connection connection) {
    this.connection = connection;
    return this;
  }

  /**
   * Where an {@link Integration} finds whom it calls, such as a server that the test has started.
   * It is called as by a worker: the same client, the same time limit, the same key, the same
   * judgement of what comes back. What is on this machine or in a private network is refused, but
   * for this address.
   */
  public TestJob partner(URI baseUrl) {
    return partner(new HttpSettings(baseUrl, Map.of(), null, Set.of(), Set.of()));
  }

  /**
   * The same.
   *
   * @param settings what {@code millrace.dependencies.<name>.http} would say of the partner; with a
   *     {@code baseUrl}
   * @throws IllegalArgumentException if there is no host in it
   */
  public TestJob partner(HttpSettings settings) {
    PartnerClient.placeOf(settings);
    partner = settings;
    return this;
  }

  /** The job as its handler sees it, for tests that call the handler's method themselves. */
  public CallContext context() {
    return context(new RecordingLogger(registered.type().name()), client());
  }

  /**
   * Makes the attempt, on this thread.
   *
   * @throws IllegalStateException if a payload is missing, or a connection to a handler that works
   *     in one, or a partner to one that calls, or if the database does not commit
   */
  public Attempt run() {
    if (payload == null) {
      throw new IllegalStateException(
          "the job has no payload: call payload or payloadFrom before run");
    }
    requireUseOfPartner();
    @Nullable TestTransaction transaction = transaction();
    return switch (registered.read(payload)) {
      case RegisteredHandler.Input.Refused(var reason, String explanation) ->
          new Attempt.Refused(reason, explanation);
      case RegisteredHandler.Input.Read(Object input) -> run(input, transaction);
    };
  }

  private Attempt run(Object input, @Nullable TestTransaction transaction) {
    RecordingLogger log = new RecordingLogger(registered.type().name());
    PartnerClient client = client();
    AttemptRun run = new AttemptRun(registered, input, context(log, client));
    Outcome outcome = transaction == null ? run.alone() : transaction.run(run::in, !cancelled);
    client.requireNobodyMissed();
    return AttemptRun.judged(outcome, log.lines(), client.calls());
  }

  private PartnerClient client() {
    return new PartnerClient(partner, JobId.of(tenant, messageId).toString());
  }

  private CallContext context(RecordingLogger log, HttpClient client) {
    JobOptions options =
        new JobOptions(Lane.NORMAL, null, deadline, null, null, null, null, null, null, null);
    byte[] body = payload == null ? new byte[0] : payload;
    return new AttemptContext(
        new JobMessage(registered.type(), messageId, tenant, body, options),
        tenant,
        attempt,
        cancelled,
        log,
        client);
  }

  private void requireUseOfPartner() {
    if (partner != null && !(handler instanceof Integration)) {
      throw new IllegalStateException(
          "%s calls nobody, since it is no Integration: leave partner out"
              .formatted(handler.getClass().getName()));
    }
  }

  private @Nullable TestTransaction transaction() {
    boolean transactional = handler instanceof TransactionalHandler;
    if (transactional && connection == null) {
      throw new IllegalStateException(
          "%s is a TransactionalHandler and has no connection: call connection before run"
              .formatted(handler.getClass().getName()));
    }
    if (!transactional && connection != null) {
      throw new IllegalStateException(
          "%s gets no connection, since it is no TransactionalHandler: leave connection out"
              .formatted(handler.getClass().getName()));
    }
    return connection == null ? null : new TestTransaction(connection);
  }

  private static RegisteredHandler register(JobHandler<?, ?> handler, Set<String> permanent) {
    HandlerRegistry registry =
        new HandlerRegistry(List.of(handler), new FailureClassifier(permanent));
    return registry.types().stream()
        .flatMap(type -> registry.find(type).stream())
        .findFirst()
        .orElseThrow();
  }
}
