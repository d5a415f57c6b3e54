package io.millrace.core.store;

import static io.millrace.core.store.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.dependency.DependencyState;
import io.millrace.core.job.WaitReason;
import io.millrace.core.pause.KnownPause;
import io.millrace.core.pause.PausedPart;
import io.millrace.testing.MigratedDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators decide: pauses, and circuits that they force. */
class PauseStoreIT {

  private static final JobType TYPE = new JobType("test.job");
  private static final PausedPart OF_TYPE = new PausedPart.OfType(TYPE);
  private static final PausedPart OF_LANE = new PausedPart.OfLane(Lane.LOW);
  private static final DependencyKey BUREAU = new DependencyKey("bureau");
  private static final DependencyKey HOST = new DependencyKey("webhook/hooks.example.com");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final JdbcClient jdbc = database.jdbc();
  private final PauseStore pauses = new JdbcPauseStore(jdbc);
  private final DependencyStore dependencies = new JdbcDependencyStore(jdbc);

  @Test
  void pausesOnceAndKeepsWhoWasFirst() {
    assertThat(pauses.current().isNothing()).isTrue();
    assertThat(pauses.pause(OF_TYPE, "mara", "the printer burns")).isTrue();
    assertThat(pauses.pause(OF_TYPE, "noor", "me too")).isFalse();
    assertThat(pauses.pause(OF_LANE, "noor", "the night")).isTrue();

    assertThat(pauses.current().holds(TYPE, Lane.HIGH)).isTrue();
    assertThat(pauses.current().holds(new JobType("other"), Lane.LOW)).isTrue();
    assertThat(pauses.current().holds(new JobType("other"), Lane.NORMAL)).isFalse();
    assertThat(pauses.all())
        .extracting(KnownPause::part, KnownPause::by, KnownPause::reason)
        .containsExactly(
            tuple(OF_TYPE, "mara", "the printer burns"), tuple(OF_LANE, "noor", "the night"));

    assertThat(pauses.resume(OF_TYPE)).isTrue();
    assertThat(pauses.resume(OF_TYPE)).isFalse();
    assertThat(pauses.current().types()).isEmpty();
  }

  @Test
  void findsWhatWasSetAsideByTypeAndLane() {
    JobStore jobs = new JdbcJobStore(jdbc);
    jobs.insert(
        List.of(
            aJob("2").waiting(WaitReason.PAUSED, JobFixture.FINISHED.plusSeconds(1)).build(),
            aJob("1").waiting(WaitReason.PAUSED, JobFixture.FINISHED).build(),
            aJob("due").waiting().build()));

    PauseStore.SetAside which = new PauseStore.SetAside(TYPE, Lane.NORMAL);
    assertThat(pauses.setAside()).containsExactly(which);
    List<JobHead> heads =
        Objects.requireNonNull(database.transaction().execute(_ -> pauses.lockSetAside(which, 10)));

    assertThat(heads)
        .extracting(head -> head.standing().dueAt())
        .containsExactly(JobFixture.FINISHED, JobFixture.FINISHED.plusSeconds(1));
    assertThat(heads).allMatch(head -> head.lane() == Lane.NORMAL);
    assertThat(new JdbcDueStore(jdbc).queued()).isEmpty();
    assertThat(new JdbcDueStore(jdbc).next()).contains(JobFixture.FINISHED);
  }

  @Test
  void aCircuitThatIsForcedOpenIsNeitherProbedNorClosed() {
    dependencies.open(BUREAU, Circuit.CLOSED, Duration.ofMillis(1), MINUTE, "down");

    dependencies.force(BUREAU, Circuit.OPEN, "mara", "they asked us to stop");

    assertThat(state(BUREAU).circuit()).isEqualTo(Circuit.OPEN);
    assertThat(state(BUREAU).untilRetry()).isGreaterThan(Duration.ofDays(365));
    assertThat(dependencies.probe(BUREAU, MINUTE)).isFalse();
    assertThat(dependencies.close(BUREAU)).isFalse();
    assertThat(dependencies.open(BUREAU, Circuit.OPEN, MINUTE, MINUTE, "down")).isFalse();

    assertThat(dependencies.automatic(BUREAU)).isTrue();
    assertThat(dependencies.automatic(BUREAU)).isFalse();
    assertThat(state(BUREAU).circuit()).as("until a probe succeeds").isEqualTo(Circuit.OPEN);
    assertThat(dependencies.probe(BUREAU, MINUTE)).isTrue();
    assertThat(dependencies.close(BUREAU)).isTrue();
  }

  @Test
  void aCircuitThatIsForcedClosedOpensForNobody() {
    dependencies.force(HOST, Circuit.CLOSED, "mara", "it is their monitor that fails");

    assertThat(dependencies.open(HOST, Circuit.CLOSED, MINUTE, MINUTE, "down")).isFalse();
    assertThat(state(HOST).circuit()).isEqualTo(Circuit.CLOSED);
    dependencies.force(HOST, Circuit.OPEN, "mara", "no, it was right");
    assertThat(state(HOST).circuit()).isEqualTo(Circuit.OPEN);
    dependencies.force(HOST, Circuit.CLOSED, "mara", "or was it");
    assertThat(dependencies.automatic(HOST)).isTrue();

    assertThat(dependencies.open(HOST, Circuit.CLOSED, MINUTE, MINUTE, "down")).isTrue();
    assertThat(state(HOST).untilRetry()).isLessThanOrEqualTo(MINUTE);
  }

  @Test
  void aProbeThatIsOnItsWayDecidesNothingOnceSomebodyHas() {
    dependencies.open(BUREAU, Circuit.CLOSED, Duration.ZERO, MINUTE, "down");
    assertThat(dependencies.probe(BUREAU, MINUTE)).isTrue();

    dependencies.force(BUREAU, Circuit.CLOSED, "mara", "it is well");

    assertThat(dependencies.open(BUREAU, Circuit.HALF_OPEN, MINUTE, MINUTE, "no")).isFalse();
    assertThat(state(BUREAU).circuit()).isEqualTo(Circuit.CLOSED);
  }

  private DependencyState state(DependencyKey key) {
    return Objects.requireNonNull(dependencies.troubled().get(key));
  }
}
