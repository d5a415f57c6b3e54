package io.millrace.worker.http;

import io.millrace.handler.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer that the request accepts.
 *
 * @param restTime for how long nobody should call with the same key, since the answer says that its
 *     share is used up; up to 1 day; null if it does not
 */
public record Answer(HttpResponse response, @Nullable Duration restTime) {

  /** For how long nobody should call with the same key, if the answer says so. */
  public Optional<Duration> rest() {
    return Optional.ofNullable(restTime);
  }
}
