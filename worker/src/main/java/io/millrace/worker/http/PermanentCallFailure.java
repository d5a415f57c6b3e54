package io.millrace.worker.http;

import io.millrace.handler.PermanentFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The call failed, and the same call will fail again. */
public final class PermanentCallFailure extends PermanentFailure implements CallFailure {

  private static final long serialVersionUID = 1;

  private final @Nullable Duration rest;
  private final transient CallRecord call;

  PermanentCallFailure(
      String message, @Nullable Duration rest, CallRecord call, @Nullable Throwable cause) {
    super(message, cause);
    this.rest = rest;
    this.call = call;
  }

  @Override
  public OptionalInt status() {
    return call.status() == 0 ? OptionalInt.empty() : OptionalInt.of(call.status());
  }

  @Override
  public Optional<Duration> rest() {
    return Optional.ofNullable(rest);
  }

  @Override
  public CallRecord call() {
    return call;
  }
}
