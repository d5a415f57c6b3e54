package io.millrace.admin.queues;

import io.millrace.core.pause.KnownPause;
import java.time.Instant;

/**
 * A pause as the API shows it.
 *
 * @param since when it was paused
 * @param by who has paused it
 * @param reason for people
 */
record PauseView(Instant since, String by, String reason) {

  static PauseView of(KnownPause pause) {
    return new PauseView(pause.since(), pause.by(), pause.reason());
  }
}
