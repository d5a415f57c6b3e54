package io.millrace.worker.http;

import io.millrace.handler.TransientFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The call failed for a reason that may pass; {@link #retryAfter} is the rest time. */
public final class TransientCallFailure extends TransientFailure implements CallFailure {

  private static final long serialVersionUID = 1;

  private final transient CallRecord call;

  TransientCallFailure(
      String message, @Nullable Duration rest, CallRecord call, @Nullable Throwable cause) {
    super(message, rest, cause);
    this.call = call;
  }

  @Override
  public OptionalInt status() {
    return call.status() == 0 ? OptionalInt.empty() : OptionalInt.of(call.status());
  }

  @Override
  public Optional<Duration> rest() {
    return retryAfter();
  }

  @Override
  public CallRecord call() {
    return call;
  }
}
