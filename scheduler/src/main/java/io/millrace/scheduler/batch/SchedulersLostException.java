package io.millrace.scheduler.batch;

import org.jspecify.annotations.Nullable;

/** A run was begun too often by schedulers that died. */
final class SchedulersLostException extends RuntimeException {

  SchedulersLostException(@Nullable String last) {
    super(
        last == null
            ? "it was begun too often"
            : "the schedulers that worked at it have ended without a word, the last one was "
                + last);
  }
}
