package io.millrace.scheduler.schedule;

import io.millrace.core.Pause;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRun.BatchProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Shows runs of batch jobs from their request to their end. Safe for use by many threads. */
final class Follower {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final String NO_DATABASE = "the database does not answer";

  private final Function<UUID, Optional<BatchRun>> runs;
  private final Pause pause;

  /**
   * @param runs finds a run
   */
  Follower(Function<UUID, Optional<BatchRun>> runs, Pause pause) {
    this.runs = runs;
    this.pause = pause;
  }

  /**
   * Follows a run until it ends. A database that does not answer is waited for.
   *
   * @throws RunFailedException if it ends otherwise than it should
   */
  void follow(UUID id, RunView view) throws InterruptedException {
    String said = "";
    while (true) {
      BatchRun run = find(id);
      if (run == null) {
        said = say(NO_DATABASE, said, view);
      } else {
        show(run.progress(), view);
        said = say(standing(run), said, view);
        if (hasEnded(run)) {
          return;
        }
      }
      pause.rest(LOOK);
    }
  }

  private static String say(String line, String said, RunView view) {
    if (!line.equals(said)) {
      view.say(line);
    }
    return line;
  }

  /** Null if the database does not answer. */
  private @Nullable BatchRun find(UUID id) {
    try {
      return runs.apply(id)
          .orElseThrow(() -> new RunFailedException("run %s was removed".formatted(id)));
    } catch (DataAccessException | TransactionException _) {
      return null;
    }
  }

  private static void show(BatchProgress progress, RunView view) {
    if (progress.total() > 0) {
      view.progress(progress.done(), progress.total(), progress.skipped());
    }
  }

  /** What is worth a line when it changes. */
  private static String standing(BatchRun run) {
    @Nullable String step = run.progress().step();
    return switch (run.state()) {
      case REQUESTED ->
          run.message() == null
              ? "waits for a scheduler"
              : "is to be begun again at %s: %s".formatted(run.dueAt(), run.message());
      case RUNNING ->
          "%s on %s"
              .formatted(
                  step == null ? "runs" : "step " + step, Objects.requireNonNull(run.owner()));
      case COMPLETED -> "completed: " + items(run.progress());
      case STOPPED, FAILED, ABANDONED ->
          "%s: %s".formatted(run.state().name().toLowerCase(Locale.ROOT), items(run.progress()));
    };
  }

  private static String items(BatchProgress progress) {
    return String.format(
        Locale.ROOT, "%,d items, %,d of them left out", progress.done(), progress.skipped());
  }

  private static boolean hasEnded(BatchRun run) {
    return switch (run.state()) {
      case REQUESTED, RUNNING -> false;
      case COMPLETED -> true;
      case FAILED ->
          throw new RunFailedException(
              "run %s of %s has failed: %s".formatted(run.id(), run.job(), run.message()));
      case STOPPED, ABANDONED ->
          throw new RunFailedException("run %s of %s was stopped".formatted(run.id(), run.job()));
    };
  }
}
