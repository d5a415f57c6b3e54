package io.millrace.core.store;

import static io.millrace.core.access.Scope.WHOLE_SYSTEM;
import static io.millrace.core.store.JobFixture.CREATED;
import static io.millrace.core.store.JobFixture.FINISHED;
import static io.millrace.core.store.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.core.access.Allowed;
import io.millrace.core.access.Scope;
import io.millrace.core.access.ScopedJdbc;
import io.millrace.core.access.TypePattern;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Setbacks;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.testing.MigratedDatabase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ListingStoreIT {

  private static final JobType TYPE = new JobType("test.job");
  private static final Instant LATER = FINISHED.plusSeconds(60);
  private static final Listing WAITING = new Listing(JobState.WAITING, null, null);
  private static final Listing FAILED = new Listing(JobState.FAILED, null, null);

  @AutoClose private final MigratedDatabase database = MigratedDatabase.fresh();
  private final JdbcClient jdbc = database.jdbc();
  private final JobStore jobs = new JdbcJobStore(jdbc);
  private final ListingStore listings = new ListingStore(new ScopedJdbc(jdbc));

  @Test
  void listsTheJobsOfEachStateWithWhatIsKnownOfThem() {
    Setbacks setbacks = new Setbacks(2, 1, CREATED);
    Job waiting = aJob("waiting").waiting(WaitReason.RETRY, LATER).with(setbacks).build();
    Job queued = aJob("queued").waiting().build();
    Job running = aJob("running").build();
    Job failed = aJob("failed").failed("no luck").build();
    jobs.insert(List.of(waiting, queued, running, failed, aJob("done").succeeded("1").build()));
    queue(queued);

    ListedJob listed = only(JobState.WAITING);
    assertThat(listed.id()).isEqualTo(waiting.id());
    assertThat(listed.name())
        .isEqualTo(new ListedJob.Name("acme", TYPE, "waiting", waiting.order().options().lane()));
    assertThat(listed.standing()).isEqualTo(waiting.standing());
    assertThat(listed.setbacks()).isEqualTo(setbacks);
    assertThat(listed.failure()).isNull();
    assertThat(only(JobState.QUEUED).times().queuedAt()).isNotNull();
    assertThat(jobs.find(queued.id()).orElseThrow().times().queuedAt()).isNotNull();
    assertThat(only(JobState.RUNNING).standing()).isEqualTo(running.standing());
    assertThat(only(JobState.FAILED).failure()).isEqualTo(failed.ending().failure());
  }

  @Test
  void keepsToATenantAndAType() {
    Job ours = aJob("1").waiting().build();
    Job theirs = aJob("2").of("zebra").waiting().build();
    jobs.insert(List.of(ours, theirs));

    assertThat(ids(new Listing(JobState.WAITING, "zebra", null))).containsExactly(theirs.id());
    assertThat(ids(new Listing(JobState.WAITING, null, TYPE))).hasSize(2);
    assertThat(ids(new Listing(JobState.WAITING, "acme", TYPE))).containsExactly(ours.id());
    assertThat(ids(new Listing(JobState.WAITING, "acme", new JobType("other")))).isEmpty();
  }

  @Test
  void keepsToAScope() {
    Job ours = aJob("1").waiting().build();
    Job theirs = aJob("2").of("zebra").waiting().build();
    Job failed = aJob("3").of("zebra").failed("no luck").build();
    jobs.insert(List.of(ours, theirs, failed));

    assertThat(ids(Scope.ofTenants("acme"), WAITING)).containsExactly(ours.id());
    assertThat(ids(Scope.ofTenants("acme", "zebra"), WAITING)).hasSize(2);
    assertThat(ids(Scope.ofTenants("acme"), new Listing(JobState.WAITING, "zebra", null)))
        .isEmpty();
    assertThat(ids(Scope.ofTenants("acme"), FAILED)).isEmpty();
    assertThat(ids(Scope.ofTenants("zebra"), FAILED)).containsExactly(failed.id());
    assertThat(ids(new Scope(Allowed.all(), Allowed.only(new TypePattern("other"))), WAITING))
        .isEmpty();
    assertThat(ids(Scope.NOTHING, WAITING)).isEmpty();
  }

  @Test
  void beginsWithTheNewestAndShowsEachJobOnceWhileOthersComeAndGo() {
    jobs.insert(IntStream.range(0, 9).mapToObj(i -> aJob("m" + i).waiting().build()).toList());
    for (int i = 0; i < 9; i++) { // three at the same time each
      created("m" + i, CREATED.plusSeconds(i / 3));
    }

    List<JobId> seen = new ArrayList<>();
    List<ListedJob> page = listings.newest(WHOLE_SYSTEM, WAITING, null, 2);
    while (!page.isEmpty()) {
      seen.addAll(page.stream().map(ListedJob::id).toList());
      if (seen.size() == 4) {
        remove(seen.get(3)); // where the next page begins
        remove(JobId.of("acme", "m0"));
        jobs.insert(List.of(aJob("new").waiting().build()));
        created("new", CREATED.plusSeconds(9));
      }
      page = listings.newest(WHOLE_SYSTEM, WAITING, page.getLast().position(), 2);
    }

    assertThat(seen).doesNotHaveDuplicates().hasSize(8);
    assertThat(seen.subList(0, 3)).containsExactlyInAnyOrderElementsOf(idsOf("m8", "m7", "m6"));
    assertThat(seen.subList(3, 6)).containsExactlyInAnyOrderElementsOf(idsOf("m5", "m4", "m3"));
    assertThat(seen.subList(6, 8)).containsExactlyInAnyOrderElementsOf(idsOf("m2", "m1"));
  }

  @Test
  void beginsWithWhatFailedLast() {
    Job first = aJob("1").failed("a").build();
    Job second = aJob("2").failed("b").build();
    jobs.insert(List.of(first, second));
    jdbc.sql("UPDATE job SET finished_at = finished_at + interval '1 s' WHERE message_id = '1'")
        .update();

    assertThat(ids(FAILED)).containsExactly(first.id(), second.id());
    assertThat(
            listings.newest(
                WHOLE_SYSTEM,
                FAILED,
                listings.newest(WHOLE_SYSTEM, FAILED, null, 1).getFirst().position(),
                9))
        .extracting(ListedJob::id)
        .containsExactly(second.id());
  }

  @Test
  void readsNoMoreThanAPage() {
    jdbc.sql(
            """
            INSERT INTO job (id, tenant, type, message_id, lane, payload, fingerprint, state, wait_reason, due_at, attempt, created_at)
            SELECT job_id('t', n::text), 't', 'a.b', n::text, 'NORMAL', '1', job_id('f', n::text), 'WAITING', 'RETRY', now(), 1,
              timestamptz '2026-01-01' + n * interval '1 s'
            FROM generate_series(1, 20000) AS n
            """)
        .update();
    jdbc.sql("VACUUM ANALYZE job").update();

    assertThat(plan(WHOLE_SYSTEM, null)).contains("job_open").doesNotContain("Sort", "Filter");
    assertThat(plan(WHOLE_SYSTEM, "zebra")).contains("job_open").doesNotContain("Sort", "Filter");
    assertThat(plan(Scope.ofTenants("acme", "zebra"), null))
        .contains("job_open")
        .doesNotContain("Sort", "Seq Scan");
  }

  @Test
  void offersWhatAnIndexAnswers() {
    assertThatThrownBy(() -> new Listing(JobState.SUCCEEDED, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("jobs that are SUCCEEDED are not listed");
  }

  private String plan(Scope scope, @Nullable String tenant) {
    return String.join(
        "\n",
        new ScopedJdbc(jdbc)
            .sql(scope, "EXPLAIN " + ListingStore.OPEN)
            .param("state", "WAITING")
            .param("tenant", tenant)
            .param("type", null)
            .param("at", LATER.atOffset(ZoneOffset.UTC))
            .param("id", new UUID(0, 0))
            .param("most", 51)
            .query(JobRows::text)
            .list());
  }

  private ListedJob only(JobState state) {
    List<ListedJob> found = listings.newest(WHOLE_SYSTEM, new Listing(state, null, null), null, 9);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private List<JobId> ids(Listing listing) {
    return ids(WHOLE_SYSTEM, listing);
  }

  private List<JobId> ids(Scope scope, Listing listing) {
    return listings.newest(scope, listing, null, 9).stream().map(ListedJob::id).toList();
  }

  private static List<JobId> idsOf(String... messageIds) {
    return List.of(messageIds).stream().map(each -> JobId.of("acme", each)).toList();
  }

  private void created(String messageId, Instant at) {
    jdbc.sql("UPDATE job SET created_at = :at WHERE message_id = :id")
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("id", messageId)
        .update();
  }

  private void remove(JobId id) {
    jdbc.sql("DELETE FROM job WHERE id = :id").param("id", id.value()).update();
  }

  private void queue(Job job) {
    jobs.change(
        List.of(
            new JobChange(
                job.id(),
                job.order().type(),
                job.standing(),
                new Standing(JobState.QUEUED, null, null, 1, null),
                null,
                null,
                job.setbacks(),
                job.ending(),
                false)));
  }
}
