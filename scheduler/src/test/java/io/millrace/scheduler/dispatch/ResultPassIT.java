package io.millrace.scheduler.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.core.broker.ConfirmedPublisher;
import io.millrace.core.broker.OutboundMessage;
import io.millrace.core.concurrency.ConcurrencyProperties;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.lease.JdbcWorkerStore;
import io.millrace.core.store.JdbcDependencyStore;
import io.millrace.core.store.JdbcDueStore;
import io.millrace.core.store.JdbcJobStore;
import io.millrace.core.store.JdbcParkedStore;
import io.millrace.core.store.JdbcPauseStore;
import io.millrace.core.store.JdbcResultStore;
import io.millrace.core.store.JobReplay;
import io.millrace.core.store.JobStore;
import io.millrace.core.store.ResultStore;
import io.millrace.core.webhook.JdbcEndpointStore;
import io.millrace.testing.MigratedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Dispatchers that are run by hand, under a clock of the test's. */
class ResultPassIT {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int BATCH = 10;

  private final List<DispatchEvent> events = new ArrayList<>();
  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final JdbcClient jdbc = database.jdbc();
  private final JobStore jobs = new JdbcJobStore(jdbc);
  private final TransactionTemplate transaction = database.transaction();
  private Instant now = START;

  @Test
  void keepsEachTypeForItsTime() throws Exception {
    Job common = ended("a", "common", START.minus(Duration.ofDays(90)));
    Job young = ended("a", "young", START.minus(Duration.ofDays(89)));
    Job shorter = ended("b", "shorter", START.minus(Duration.ofDays(2)));
    Job forEver = ended("c", "for ever", START.minus(Duration.ofDays(2_000)));

    catchUp(pass("90d", Map.of("b", "1d", "c", "0")));

    assertThat(isDropped(common)).isTrue();
    assertThat(isDropped(shorter)).isTrue();
    assertThat(isDropped(young)).isFalse();
    assertThat(isDropped(forEver)).isFalse();
    assertThat(events).filteredOn(DispatchEvent.ResultsDropped.class::isInstance).hasSize(2);
  }

  @Test
  void dropsBatchByBatchAlsoWhatEndedAtTheSameMoment() throws Exception {
    List<Job> crowd =
        IntStream.range(0, 5 * BATCH)
            .mapToObj(i -> ended("a", "crowd-" + i, START.minus(Duration.ofDays(99))))
            .toList();
    List<Job> kept =
        IntStream.range(0, 5 * BATCH)
            .mapToObj(i -> ended("c", "kept-" + i, START.minus(Duration.ofDays(99))))
            .toList();

    catchUp(pass("90d", Map.of("c", "0")));

    assertThat(crowd).allMatch(this::isDropped);
    assertThat(kept).noneMatch(this::isDropped);
    assertThat(events)
        .filteredOn(DispatchEvent.ResultsDropped.class::isInstance)
        .allSatisfy(
            event ->
                assertThat(((DispatchEvent.ResultsDropped) event).jobs())
                    .isLessThanOrEqualTo(BATCH));
  }

  @Test
  void followsAShorterTimeAndALongerOne() throws Exception {
    Job first = ended("a", "first", START.minus(Duration.ofDays(20)));
    catchUp(pass("90d", Map.of()));
    assertThat(isDropped(first)).isFalse();

    catchUp(pass("10d", Map.of()));
    assertThat(isDropped(first)).isTrue();

    Job second = ended("a", "second", START.minus(Duration.ofDays(9)));
    now = now.plus(Duration.ofDays(2));
    catchUp(pass("30d", Map.of()));
    assertThat(isDropped(second)).isFalse();
    now = now.plus(Duration.ofDays(20));
    catchUp(pass("30d", Map.of()));
    assertThat(isDropped(second)).isTrue();
  }

  @Test
  void goesBackForATypeThatHasNoTimeOfItsOwnAnyMore() throws Exception {
    Job forEver = ended("c", "for ever", START.minus(Duration.ofDays(500)));
    Job longer = ended("b", "longer", START.minus(Duration.ofDays(300)));
    catchUp(pass("90d", Map.of("b", "1000d", "c", "0")));
    assertThat(isDropped(longer) || isDropped(forEver)).isFalse();

    catchUp(pass("90d", Map.of()));

    assertThat(isDropped(longer)).isTrue();
    assertThat(isDropped(forEver)).isTrue();
  }

  @Test
  void dropsAgainWhatARepeatedRunHasBrought() throws Exception {
    Job job = ended("a", "again", START.minus(Duration.ofDays(100)));
    ResultPass pass = pass("90d", Map.of());
    catchUp(pass);
    assertThat(new JobReplay(jobs, transaction, () -> now).replay(job.id())).isTrue();
    jdbc.sql(
            """
            UPDATE job SET state = 'SUCCEEDED', wait_reason = NULL, due_at = NULL, result = '{}', finished_at = :now
            """)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .update();
    catchUp(pass);
    assertThat(isDropped(job)).isFalse();

    now = now.plus(Duration.ofDays(91));
    catchUp(pass);

    assertThat(isDropped(job)).isTrue();
  }

  @Test
  void comesBackForWhatIsToBeAnnouncedFirst() throws Exception {
    Job job = ended("a", "untold", START.minus(Duration.ofDays(100)));
    jobs.announceLater(List.of(job.id()));
    ResultPass pass = pass("90d", Map.of());
    catchUp(pass);
    assertThat(isDropped(job)).isFalse();

    jdbc.sql("UPDATE job SET announce_due = false").update();
    now = now.plus(INTERVAL);
    catchUp(pass);

    assertThat(isDropped(job)).isTrue();
  }

  @Test
  void hasNotGotFurtherThanWhatIsCommitted() throws Exception {
    Job job = ended("a", "crash", START.minus(Duration.ofDays(100)));
    ResultStore crashing =
        new JdbcResultStoreThat(
            () -> {
              throw new IllegalStateException("the process dies");
            });
    ResultPass dying = pass("90d", Map.of(), crashing);

    assertThatThrownBy(() -> catchUp(dying)).hasMessage("the process dies");
    assertThat(isDropped(job)).isFalse();
    catchUp(pass("90d", Map.of()));

    assertThat(isDropped(job)).isTrue();
  }

  @Test
  void leavesItToTheDispatcherThatIsAtIt() throws Exception {
    Job job = ended("a", "other", START.minus(Duration.ofDays(100)));

    transaction.executeWithoutResult(
        _ -> {
          assertThat(new JdbcResultStore(jdbc).claim()).isPresent();
          Thread other = Thread.ofPlatform().start(() -> catchUpQuietly(pass("90d", Map.of())));
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });

    assertThat(isDropped(job)).isFalse();
    catchUp(pass("90d", Map.of()));
    assertThat(isDropped(job)).isTrue();
  }

  private void catchUpQuietly(ResultPass pass) {
    try {
      catchUp(pass);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void catchUp(ResultPass pass) throws Exception {
    int looks = 0;
    do {
      assertThat(pass.run()).as("rests after each look").isZero();
      assertThat(++looks).as("looks until it has caught up").isLessThan(500);
    } while (pass.rest(INTERVAL).compareTo(INTERVAL) < 0);
  }

  private ResultPass pass(String keep, Map<String, String> types) {
    return pass(keep, types, new JdbcResultStore(jdbc));
  }

  private ResultPass pass(String keep, Map<String, String> types, ResultStore results) {
    JdbcDueStore due = new JdbcDueStore(jdbc);
    DispatchPasses.Parked parked =
        new DispatchPasses.Parked(
            new JdbcParkedStore(jdbc), new JdbcDependencyStore(jdbc), new JdbcPauseStore(jdbc));
    return new ResultPass(
        new Surroundings(
            due,
            parked,
            new DispatchTransaction(
                new DispatchPasses.Database(
                    due,
                    parked,
                    jobs,
                    new JdbcWorkerStore(jdbc),
                    new DispatchPasses.Beside(results, new JdbcEndpointStore(jdbc)),
                    transaction),
                new NoBroker(),
                Duration.ofSeconds(5),
                events::add),
            new DispatcherProperties(
                BATCH,
                2_000,
                250,
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1)),
            new ConcurrencyProperties(Map.of()),
            () -> now,
            events::add),
        results,
        new ResultProperties(DurationStyle.detectAndParse(keep), types));
  }

  private boolean isDropped(Job job) {
    Job.Ending ending = jobs.find(job.id()).orElseThrow().ending();
    assertThat(ending.result() == null).isEqualTo(ending.resultDroppedAt() != null);
    return ending.resultDroppedAt() != null;
  }

  private Job ended(String type, String messageId, Instant finishedAt) {
    byte[] payload = "{}".getBytes(UTF_8);
    JobType jobType = new JobType(type);
    Job job =
        new Job(
            JobId.of("acme", messageId),
            new Job.Order(
                "acme",
                jobType,
                messageId,
                JobOptions.NONE,
                payload,
                Fingerprint.of(jobType, payload)),
            new Standing(JobState.SUCCEEDED, null, null, 1, null),
            new Job.Times(finishedAt, finishedAt, finishedAt),
            Setbacks.NONE,
            Job.Ending.succeeded(payload));
    assertThat(jobs.insert(List.of(job))).containsExactly(job.id());
    return job;
  }

  /** Does something before it says how far it has got, once there was something to drop. */
  private final class JdbcResultStoreThat implements ResultStore {

    private final ResultStore real = new JdbcResultStore(jdbc);
    private final Runnable beforeItSaves;
    private boolean dropped;

    JdbcResultStoreThat(Runnable beforeItSaves) {
      this.beforeItSaves = beforeItSaves;
    }

    @Override
    public Optional<Map<String, Instant>> claim() {
      return real.claim();
    }

    @Override
    public void save(Map<String, Instant> droppedUntil) {
      if (dropped) {
        beforeItSaves.run();
      }
      real.save(droppedUntil);
    }

    @Override
    public Dropped drop(Slice slice, Most most, Instant at) {
      Dropped found = real.drop(slice, most, at);
      dropped = found.dropped() > 0;
      return found;
    }
  }

  /** Nothing is published by this pass. */
  private static final class NoBroker implements ConfirmedPublisher {

    @Override
    public void publish(Collection<OutboundMessage> messages) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void publish(JobType type, Collection<OutboundMessage> messages) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int depth(String queue) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
