package io.millrace.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.Transition.Refused;
import io.millrace.core.job.Transition.To;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final UUID OWNER = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);
  private static final LeaseToken TOKEN = new LeaseToken(OWNER, 3);

  /** Every state, at attempt 3; the waiting one is due. */
  private static final Map<JobState, Standing> STANDINGS = new EnumMap<>(JobState.class);

  static {
    for (JobState state : JobState.values()) {
      STANDINGS.put(
          state,
          switch (state) {
            case WAITING -> Standing.waiting(WaitReason.RETRY, NOW, 3);
            case QUEUED -> Standing.queued(3);
            case RUNNING -> Standing.running(TOKEN);
            case SUCCEEDED, FAILED, CANCELLED, EXPIRED -> Standing.ended(state, 3);
          });
    }
  }

  private static final Map<String, JobAction> ACTIONS = new LinkedHashMap<>();

  static {
    ACTIONS.put("enqueue", new JobAction.Enqueue());
    ACTIONS.put("start", new JobAction.Start(OTHER));
    ACTIONS.put("take over", new JobAction.TakeOver(OTHER));
    ACTIONS.put("succeed", new JobAction.Succeed(TOKEN));
    ACTIONS.put("fail", new JobAction.Fail(TOKEN));
    ACTIONS.put("lapse", new JobAction.Lapse(TOKEN));
    ACTIONS.put("put back", new JobAction.PutBack(TOKEN, WaitReason.PARKED, LATER));
    ACTIONS.put("revive", new JobAction.Revive(LATER));
    ACTIONS.put("convict", new JobAction.Convict());
    ACTIONS.put("defer", new JobAction.Defer());
    ACTIONS.put("set aside", new JobAction.SetAside());
    ACTIONS.put("resume", new JobAction.Resume());
    ACTIONS.put("cancel", new JobAction.Cancel());
    ACTIONS.put("expire", new JobAction.Expire());
    ACTIONS.put("replay", new JobAction.Replay());
  }

  @Test
  void saysWhatFollowsForEveryStateAndAction() {
    String table =
        """
                   WAITING      QUEUED       RUNNING      SUCCEEDED    FAILED       CANCELLED    EXPIRED
        enqueue    QUEUED/3     -            -            -            -            -            -
        start      -            RUNNING/3    -            -            -            -            -
        take over  -            -            RUNNING/4    -            -            -            -
        succeed    -            -            SUCCEEDED/3  -            -            -            -
        fail       -            -            FAILED/3     -            -            -            -
        lapse      -            -            EXPIRED/3    -            -            -            -
        put back   -            -            WAITING/4    -            -            -            -
        revive     -            -            WAITING/4    -            -            -            -
        convict    -            -            FAILED/3     -            -            -            -
        defer      WAITING/3    -            -            -            -            -            -
        set aside  WAITING/3    -            -            -            -            -            -
        resume     -            -            -            -            -            -            -
        cancel     CANCELLED/3  CANCELLED/3  CANCELLED/3  -            -            -            -
        expire     EXPIRED/3    EXPIRED/3    -            -            -            -            -
        replay     -            -            -            WAITING/4    WAITING/4    WAITING/4    WAITING/4
        """;

    StringBuilder found = new StringBuilder(" ".repeat(11));
    STANDINGS.keySet().forEach(state -> found.append("%-13s".formatted(state)));
    ACTIONS.forEach(
        (name, action) -> {
          found.append("\n%-11s".formatted(name));
          STANDINGS
              .values()
              .forEach(from -> found.append("%-13s".formatted(summary(from, action))));
        });

    assertThat(found.toString().lines().map(String::stripTrailing))
        .containsExactlyElementsOf(table.lines().map(String::stripTrailing).toList());
  }

  @Test
  void coversEveryKindOfAction() {
    assertThat(ACTIONS.values().stream().map(Object::getClass))
        .containsExactlyInAnyOrder(JobAction.class.getPermittedSubclasses());
  }

  @Test
  void fencesWhoeverDoesNotHoldTheLease() {
    Standing running = Standing.running(TOKEN);

    Transition ofAnotherWorker =
        Lifecycle.apply(running, new JobAction.Succeed(new LeaseToken(OTHER, 3)), NOW);
    Transition ofAnEarlierAttempt =
        Lifecycle.apply(running, new JobAction.Succeed(new LeaseToken(OWNER, 2)), NOW);

    assertThat(ofAnotherWorker).isInstanceOf(Refused.class);
    assertThat(ofAnEarlierAttempt).isInstanceOf(Refused.class);
  }

  @Test
  void leavesTheFormerOwnerNothingToWriteAfterATakeOver() {
    To taken = (To) Lifecycle.apply(Standing.running(TOKEN), new JobAction.TakeOver(OTHER), NOW);

    Transition late = Lifecycle.apply(taken.next(), new JobAction.Succeed(TOKEN), NOW);

    assertThat(late).isInstanceOf(Refused.class);
  }

  @Test
  void doesNotEnqueueWhatIsNotDue() {
    Standing waiting = Standing.waiting(WaitReason.SCHEDULED, LATER, 1);

    Transition early = Lifecycle.apply(waiting, new JobAction.Enqueue(), NOW);

    assertThat(early).isInstanceOf(Refused.class);
  }

  @Test
  void waitsForItsTimeOnceWhatItWasSetAsideForIsResumed() {
    Standing due = Standing.waiting(WaitReason.RETRY, NOW, 2);

    Standing aside = Lifecycle.next(due, new JobAction.SetAside(), NOW);

    assertThat(aside).isEqualTo(Standing.waiting(WaitReason.PAUSED, NOW, 2));
    assertThat(Lifecycle.apply(aside, new JobAction.Enqueue(), LATER)).isInstanceOf(Refused.class);
    assertThat(Lifecycle.next(aside, new JobAction.Resume(), LATER))
        .isEqualTo(Standing.waiting(WaitReason.SCHEDULED, NOW, 2));
  }

  @Test
  void beginsRunningUnlessItsTimeIsNotYetOrPast() {
    assertThat(Lifecycle.begin(null, null, OWNER, NOW))
        .isEqualTo(Standing.running(new LeaseToken(OWNER, 1)));
    assertThat(Lifecycle.begin(NOW, LATER, OWNER, NOW).state()).isEqualTo(JobState.RUNNING);
    assertThat(Lifecycle.begin(LATER, null, OWNER, NOW))
        .isEqualTo(Standing.waiting(WaitReason.SCHEDULED, LATER, 1));
    assertThat(Lifecycle.begin(null, NOW, OWNER, NOW).state()).isEqualTo(JobState.EXPIRED);
  }

  @Test
  void letsOthersGoFirstUnlessItsTimeIsNotYetOrPast() {
    assertThat(Lifecycle.beginInTurn(WaitReason.SHARE, null, LATER, NOW))
        .isEqualTo(Standing.waiting(WaitReason.SHARE, NOW, 1));
    assertThat(Lifecycle.beginInTurn(WaitReason.CONCURRENCY, NOW, null, NOW))
        .isEqualTo(Standing.waiting(WaitReason.CONCURRENCY, NOW, 1));
    assertThat(Lifecycle.beginInTurn(WaitReason.SHARE, LATER, null, NOW))
        .isEqualTo(Standing.waiting(WaitReason.SCHEDULED, LATER, 1));
    assertThat(Lifecycle.beginInTurn(WaitReason.SHARE, LATER, NOW, NOW).state())
        .isEqualTo(JobState.EXPIRED);
  }

  @Test
  void neverLetsAnAttemptGoBackNorAFinalStateGoButByReplay() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    JobAction[] actions = ACTIONS.values().toArray(JobAction[]::new);

    for (int walk = 0; walk < 2_000; walk++) {
      Standing at = Lifecycle.begin(null, null, OWNER, NOW);
      for (int step = 0; step < 30; step++) {
        JobAction action = actions[random.nextInt(actions.length)];
        if (Lifecycle.apply(at, action, LATER) instanceof To(Standing next)) {
          assertThat(next.attempt()).as("seed %d", seed).isGreaterThanOrEqualTo(at.attempt());
          assertThat(at.state().isFinal() && !(action instanceof JobAction.Replay))
              .as("seed %d: %s by %s", seed, at, action)
              .isFalse();
          at = next;
        }
      }
    }
  }

  private static String summary(Standing from, JobAction action) {
    return switch (Lifecycle.apply(from, action, NOW)) {
      case To(Standing next) -> next.state() + "/" + next.attempt();
      case Refused _ -> "-";
    };
  }
}
