package io.millrace.handler.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.core.catalogue.HandlerKind;
import io.millrace.core.job.Failure;
import io.millrace.core.job.Mishap;
import io.millrace.core.job.Outcome;
import io.millrace.handler.CallContext;
import io.millrace.worker.handlers.RegisteredHandler;
import io.millrace.worker.http.CallRecord;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Runs a handler once, on the current thread. */
record AttemptRun(RegisteredHandler handler, Object input, CallContext context) {

  /** Without a transaction. */
  Outcome alone() {
    return run(
        () -> {
          throw new IllegalStateException("only a TransactionalHandler has a transaction");
        });
  }

  /** In the transaction of {@code connection}. */
  Outcome in(Connection connection) {
    return run(() -> connection);
  }

  private Outcome run(Supplier<Connection> given) {
    if (handler.kind() == HandlerKind.CALL) {
      try {
        handler.dependency(input, context.tenant());
      } catch (RuntimeException e) { // the handler's, which a worker asks before it runs it
        return new Outcome.Failed(Mishap.Failed.forGood(Failure.of(e)));
      }
    }
    if (context.isCancelled()) {
      Thread.currentThread().interrupt();
    }
    try {
      return handler.run(input, context, given);
    } finally {
      Thread.interrupted(); // a handler's interrupt is its own, as in a worker
    }
  }

  /** The outcome as a test sees it. */
  static Attempt judged(Outcome outcome, List<LogLine> log, List<CallRecord> calls) {
    return switch (outcome) {
      case Outcome.Succeeded(byte[] result) ->
          new Attempt.Succeeded(new String(result, UTF_8), log, calls);
      case Outcome.Failed(Mishap.Failed(Failure why, boolean forGood, Duration retryAfter, _)) ->
          new Attempt.Failed(
              why.kind(),
              why.message(),
              forGood,
              retryAfter,
              Objects.requireNonNullElse(why.cause(), ""),
              log,
              calls);
      case Outcome.Recorded _,
          Outcome.Fenced _,
          Outcome.Unknown _,
          Outcome.Parked _,
          Outcome.SetAside _ ->
          throw new IllegalStateException("only a row can say so, and there is none: " + outcome);
    };
  }
}
