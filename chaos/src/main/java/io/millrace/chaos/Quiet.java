package io.millrace.chaos;

import io.millrace.chaos.engine.Queues;
import io.millrace.chaos.history.HistoryStore;
import io.millrace.core.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Waits until an engine has nothing more to do. */
final class Quiet {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int SAY_EVERY = 5;

  /** The queues' lengths are half a second old, so one look is not enough. */
  private static final int LOOKS_IN_A_ROW = 3;

  private final HistoryStore store;
  private final Queues queues;
  private final Consumer<String> log;

  Quiet(HistoryStore store, Queues queues, Consumer<String> log) {
    this.store = store;
    this.queues = queues;
    this.log = log;
  }

  /**
   * Waits until every job has ended and is announced, and every queue is empty.
   *
   * @return whether it came to that within {@code limit}
   */
  boolean await(Duration limit) throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    int quiet = 0;
    for (int look = 0; System.nanoTime() < end; look++) {
      long open =
          store.states().entrySet().stream()
              .filter(state -> !state.getKey().isFinal())
              .mapToLong(Map.Entry::getValue)
              .sum();
      long unannounced = store.unannounced();
      long messages = queues.messages().values().stream().mapToLong(Long::longValue).sum();
      quiet = open + unannounced + messages == 0 ? quiet + 1 : 0;
      if (quiet == LOOKS_IN_A_ROW) {
        return true;
      }
      if (look % SAY_EVERY == 0) {
        log.accept(
            "waiting: %,d jobs not ended, %,d not announced, %,d messages in queues"
                .formatted(open, unannounced, messages));
      }
      Pause.THREAD.rest(LOOK);
    }
    return false;
  }
}
