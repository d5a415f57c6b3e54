package io.millrace.worker.http;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Why a call failed: either a {@link TransientCallFailure} or a {@link PermanentCallFailure}. */
public sealed interface CallFailure permits TransientCallFailure, PermanentCallFailure {

  /** The status of the answer, if there was one. */
  OptionalInt status();

  /** For how long nobody should call with the same key, if the answer says so; up to 1 day. */
  Optional<Duration> rest();

  /** What was sent and what came back, without secrets. */
  CallRecord call();
}
