package io.millrace.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRun.BatchProgress;
import io.millrace.core.batch.BatchRunState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class FollowerTest {

  private static final UUID RUN = new UUID(1, 2);
  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");

  private final Script script = new Script();
  private final FakeView view = new FakeView();
  private final Follower follower = new Follower(script::find, _ -> {});

  @Test
  void showsARunUntilItHasCompleted() throws Exception {
    script.then(run(BatchRunState.REQUESTED, null, 0, 0, null));
    script.then(run(BatchRunState.REQUESTED, null, 0, 0, null));
    script.then(run(BatchRunState.RUNNING, null, 0, 0, null));
    script.then(run(BatchRunState.RUNNING, "accrue", 100, 1_000, null));
    script.then(run(BatchRunState.RUNNING, "accrue", 600, 1_000, null));
    script.then(run(BatchRunState.COMPLETED, null, 1_000, 1_000, null));

    follower.follow(RUN, view);

    assertThat(view.lines)
        .containsExactly(
            "waits for a scheduler",
            "runs on host-1",
            "step accrue on host-1",
            "completed: 1,000 items, 3 of them left out");
    assertThat(view.progress).containsExactly("100/1000", "600/1000", "1000/1000");
  }

  @Test
  void failsAsTheRunDoesAndForGood() {
    script.then(run(BatchRunState.FAILED, "accrue", 7, 10, "totals differ by 0.01"));

    assertThatThrownBy(() -> follower.follow(RUN, view))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> assertThat(e.isProblematicAndDoNotRetry()).as("tried again").isTrue())
        .hasMessageContaining("totals differ by 0.01");
    assertThat(view.lines).containsExactly("failed: 7 items, 3 of them left out");
  }

  @Test
  void saysWhyARunIsBegunAgainAndThatItWasStopped() {
    script.then(run(BatchRunState.REQUESTED, null, 0, 0, "its scheduler was lost"));
    script.then(run(BatchRunState.STOPPED, null, 0, 0, null));

    assertThatThrownBy(() -> follower.follow(RUN, view)).hasMessageContaining("was stopped");
    assertThat(view.lines.getFirst()).contains("again at " + NOW, "its scheduler was lost");
  }

  @Test
  void waitsForADatabaseThatDoesNotAnswer() throws Exception {
    script.thenFail();
    script.thenFail();
    script.then(run(BatchRunState.COMPLETED, null, 1, 1, null));

    follower.follow(RUN, view);

    assertThat(view.lines).hasSize(2).last().asString().startsWith("completed");
    assertThat(view.lines.getFirst()).isEqualTo("the database does not answer");
  }

  @Test
  void endsIfTheRunWasRemoved() {
    script.thenNothing();

    assertThatThrownBy(() -> follower.follow(RUN, view)).hasMessageContaining("was removed");
  }

  private static BatchRun run(
      BatchRunState state, @Nullable String step, long done, long total, @Nullable String message) {
    boolean runs = state == BatchRunState.RUNNING;
    return new BatchRun(
        RUN,
        "accrual",
        Map.of(),
        state,
        "schedule:nightly",
        NOW,
        NOW,
        false,
        runs ? "host-1" : null,
        0,
        null,
        null,
        new BatchProgress(step, done, total, 3, 0),
        message);
  }

  private static final class FakeView implements RunView {

    final List<String> lines = new ArrayList<>();
    final List<String> progress = new ArrayList<>();

    @Override
    public void say(String line) {
      lines.add(line);
    }

    @Override
    public void warn(String line) {
      lines.add("! " + line);
    }

    @Override
    public void progress(long done, long total, long skipped) {
      progress.add(done + "/" + total);
    }
  }

  /** Runs as they are found, look by look. */
  private static final class Script {

    private final Deque<Supplier<Optional<BatchRun>>> looks = new ArrayDeque<>();

    void then(BatchRun run) {
      looks.add(() -> Optional.of(run));
    }

    void thenFail() {
      looks.add(
          () -> {
            throw new DataAccessResourceFailureException("connection refused");
          });
    }

    void thenNothing() {
      looks.add(Optional::empty);
    }

    Optional<BatchRun> find(UUID run) {
      assertThat(run).isEqualTo(RUN);
      return looks.remove().get();
    }
  }
}
