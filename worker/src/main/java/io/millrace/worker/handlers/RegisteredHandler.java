package io.millrace.worker.handlers;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Refusal;
import io.millrace.core.catalogue.HandlerKind;
import io.millrace.core.catalogue.KnownJobType;
import io.millrace.core.catalogue.PayloadSchema;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.job.Outcome;
import io.millrace.handler.Calculation;
import io.millrace.handler.CallContext;
import io.millrace.handler.Calls;
import io.millrace.handler.Integration;
import io.millrace.handler.JobHandler;
import io.millrace.handler.PermanentFailure;
import io.millrace.handler.TransactionalHandler;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** One handler with what it reads and writes. Safe for use by many threads. */
public final class RegisteredHandler {

  private final JobType type;
  private final JobHandler<Object, Object> handler;
  private final JsonMapper json;
  private final ObjectReader reader;
  private final ObjectWriter writer;
  private final @Nullable PayloadSchema schema;
  private final FailureClassifier failures;
  private final @Nullable DependencyKey onlyDependency;

  @SuppressWarnings(
      "unchecked") // the reader makes what the handler takes: both come from its type arguments
  RegisteredHandler(
      JobType type,
      JobHandler<?, ?> handler,
      HandlerTypes types,
      JsonMapper json,
      @Nullable PayloadSchema schema,
      FailureClassifier failures) {
    this.type = type;
    this.handler = (JobHandler<Object, Object>) handler;
    this.json = json;
    // With a schema, the schema says what may be left out; without one everything must be there.
    this.reader =
        schema == null
            ? json.readerFor(types.input())
            : json.readerFor(types.input())
                .without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
    this.writer = json.writerFor(types.output());
    this.schema = schema;
    this.failures = failures;
    Calls calls = handler.getClass().getAnnotation(Calls.class);
    this.onlyDependency = calls == null ? null : new DependencyKey(calls.value());
  }

  /** The type of the jobs that it does. */
  public JobType type() {
    return type;
  }

  /** What kind of work it does. */
  public HandlerKind kind() {
    return switch (handler) {
      case Calculation<Object, Object> _ -> HandlerKind.CALCULATION;
      case TransactionalHandler<Object, Object> _ -> HandlerKind.TRANSACTION;
      case Integration<Object, Object> _ -> HandlerKind.CALL;
    };
  }

  /** What it is, as a worker of this version says that begins now. */
  KnownJobType known(String version, Instant now) {
    return new KnownJobType(
        type,
        kind(),
        handler.getClass().getName(),
        onlyDependency == null ? null : onlyDependency.toString(),
        schema == null ? null : schema.text(),
        version,
        now);
  }

  /**
   * What the call for {@code input} depends upon.
   *
   * @param tenant who the job belongs to
   * @throws IllegalStateException if it makes no calls
   * @throws RuntimeException whatever the handler throws for this input
   */
  public DependencyKey dependency(Object input, String tenant) {
    if (onlyDependency != null) {
      return onlyDependency;
    }
    if (handler instanceof Integration<Object, Object> integration) {
      return new DependencyKey(integration.dependency(input, tenant));
    }
    throw new IllegalStateException("jobs of type %s call nobody".formatted(type));
  }

  /** What all its calls depend upon, if that is one and the same. */
  public Optional<DependencyKey> onlyDependency() {
    return Optional.ofNullable(onlyDependency);
  }

  /** What became of reading a payload. */
  public sealed interface Input {

    /** It is what the handler takes. */
    record Read(Object value) implements Input {}

    /** It is not, and the publisher has to know why. */
    record Refused(Refusal reason, String explanation) implements Input {}
  }

  /**
   * Reads a payload, checks it against the schema if there is one, and makes the handler's input of
   * it.
   */
  public Input read(byte[] payload) {
    String wrongEncoding = JsonEncoding.problem(payload);
    if (wrongEncoding != null) {
      return new Input.Refused(Refusal.MALFORMED_JSON, wrongEncoding);
    }
    try {
      if (schema == null) {
        return inputOf(reader.readValue(payload));
      }
      // The tree is for the schema only: its numbers are rounded, those of the input are not.
      String violations = schema.problem(json.readTree(payload));
      return violations == null
          ? inputOf(reader.readValue(payload))
          : new Input.Refused(Refusal.SCHEMA_VIOLATION, violations);
    } catch (StreamReadException e) {
      return new Input.Refused(
          Refusal.MALFORMED_JSON, "the body is not JSON in UTF-8: " + JsonErrors.explain(e));
    } catch (JacksonException e) {
      return new Input.Refused(
          Refusal.SCHEMA_VIOLATION,
          "the payload is not what %s takes: %s".formatted(type, JsonErrors.explain(e)));
    }
  }

  private Input inputOf(@Nullable Object value) {
    return value == null
        ? new Input.Refused(Refusal.SCHEMA_VIOLATION, "the payload is the JSON null")
        : new Input.Read(value);
  }

  /**
   * Runs the handler, with its plugin's classes as the thread's. Never throws: what the handler
   * throws is how its job failed.
   *
   * @param connection in the transaction of the job; asked for only by a handler that works in one
   */
  public Outcome run(Object input, CallContext context, Supplier<Connection> connection) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(handler.getClass().getClassLoader());
    try {
      Object output =
          switch (handler) {
            case Calculation<Object, Object> calculation -> calculation.calculate(input, context);
            case TransactionalHandler<Object, Object> transactional ->
                transactional.handle(input, connection.get(), context);
            case Integration<Object, Object> integration -> integration.call(input, context);
          };
      if (output == null) {
        throw new PermanentFailure("the handler returned null instead of a result");
      }
      return new Outcome.Succeeded(writer.writeValueAsBytes(output));
    } catch (Throwable e) {
      if (e instanceof InterruptedException) {
        thread.interrupt();
      }
      return new Outcome.Failed(failures.classify(e));
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
