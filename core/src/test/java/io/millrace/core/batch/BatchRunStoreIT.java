package io.millrace.core.batch;

import static io.millrace.core.batch.BatchRunState.ABANDONED;
import static io.millrace.core.batch.BatchRunState.COMPLETED;
import static io.millrace.core.batch.BatchRunState.FAILED;
import static io.millrace.core.batch.BatchRunState.REQUESTED;
import static io.millrace.core.batch.BatchRunState.RUNNING;
import static io.millrace.core.batch.BatchRunState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.batch.BatchParameter;
import io.millrace.batch.BatchParameter.Kind;
import io.millrace.core.batch.BatchRun.BatchProgress;
import io.millrace.testing.TestDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class BatchRunStoreIT {

  private static final LocalDate TODAY = LocalDate.of(2026, 4, 1);
  private static final Map<String, String> DAY = Map.of("date", "2026-03-31");

  private TestDatabase database;
  private JdbcClient jdbc;
  private BatchFixture fixture;
  private BatchRunStore runs;

  @BeforeEach
  void migrate() {
    database = TestDatabase.fresh();
    Flyway.configure().dataSource(database.dataSource()).load().migrate();
    jdbc = JdbcClient.create(database.dataSource());
    fixture = new BatchFixture(jdbc);
    runs = new JdbcBatchRunStore(jdbc);
    fixture.announce("once", false);
    fixture.announce("again", true);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void showsTheJobsThatSchedulersHave() {
    assertThat(runs.jobs()).extracting(KnownBatchJob::name).containsExactly("again", "once");
    KnownBatchJob job = runs.jobs().getLast();
    assertThat(job.description()).isEqualTo("What once does.");
    assertThat(job.isRepeatable()).isFalse();
    assertThat(job.seenAt()).isEqualTo(Instant.parse("2026-03-01T12:00:00.123456Z"));
    assertThat(job.parameters().all())
        .containsExactly(
            new BatchParameter("date", Kind.DATE, "The day.", null),
            new BatchParameter("days", Kind.NUMBER, "How many.", "30"),
            new BatchParameter("note", Kind.TEXT, "For people.", "none"));
  }

  @Test
  void aRequestedRunHasAllItsParametersAndNothingDone() {
    BatchRun run =
        accepted(request("once", Map.of("date", "yesterday", "note", "a = 'b', \"c\" \\ ü")));

    assertThat(run.parameters())
        .containsOnly(
            Map.entry("date", "2026-03-31"),
            Map.entry("days", "30"),
            Map.entry("note", "a = 'b', \"c\" \\ ü"));
    assertThat(run.state()).isEqualTo(REQUESTED);
    assertThat(run.requestedBy()).isEqualTo("tester");
    assertThat(run.dueAt()).isBeforeOrEqualTo(run.requestedAt().plusSeconds(1));
    assertThat(run.progress()).isEqualTo(new BatchProgress(null, 0, 0, 0, 0));
    assertThat(run)
        .extracting(
            BatchRun::stopRequested,
            BatchRun::owner,
            BatchRun::begun,
            BatchRun::startedAt,
            BatchRun::endedAt,
            BatchRun::message)
        .containsExactly(false, null, 0, null, null, null);
    assertThat(runs.find(run.id())).contains(run);
    assertThat(runs.partitions(run.id())).isEmpty();
    assertThat(runs.skipped(run.id(), 10)).isEmpty();
    assertThat(runs.totals(run.id())).isEmpty();
  }

  @Test
  void manyRequestsAtOnceMakeOneRun() throws Exception {
    int many = 8;
    CyclicBarrier together = new CyclicBarrier(many);
    Callable<BatchRequest> request =
        () -> {
          together.await();
          return request("again", DAY);
        };

    List<BatchRequest> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
      for (Future<BatchRequest> each : threads.invokeAll(Collections.nCopies(many, request))) {
        answers.add(each.get());
      }
    }

    assertThat(answers).filteredOn(BatchRequest.Accepted.class::isInstance).hasSize(1);
    assertThat(answers).filteredOn(BatchRequest.Taken.class::isInstance).hasSize(many - 1);
    Set<UUID> ids = new HashSet<>();
    answers.forEach(answer -> ids.add(runOf(answer).id()));
    assertThat(ids).hasSize(1);
    assertThat(runs.latest(Optional.empty(), 10)).hasSize(1);
  }

  @Test
  void onlyTheSameWorkIsInTheWay() {
    accepted(request("again", DAY));

    accepted(request("once", DAY));
    accepted(request("again", Map.of("date", "2026-03-30")));
    accepted(request("again", Map.of("date", "2026-03-31", "days", "31")));
    assertThat(request("again", Map.of("date", "yesterday", "days", "030")))
        .isInstanceOf(BatchRequest.Taken.class);
  }

  @Test
  void whatIsNotRepeatableIsDoneOnceUnlessItIsAbandoned() {
    BatchRun first = accepted(request("once", DAY));
    for (BatchRunState state : List.of(REQUESTED, RUNNING, STOPPED, FAILED, COMPLETED)) {
      fixture.set(first.id(), state);
      assertThat(request("once", DAY))
          .as(state.name())
          .isEqualTo(new BatchRequest.Taken(found(first)));
    }

    fixture.set(first.id(), ABANDONED);

    assertThat(accepted(request("once", DAY)).id()).isNotEqualTo(first.id());
  }

  @Test
  void whatIsRepeatableIsDoneAgainWhenItIsDone() {
    BatchRun first = accepted(request("again", DAY));
    for (BatchRunState state : List.of(REQUESTED, RUNNING, STOPPED, FAILED)) {
      fixture.set(first.id(), state);
      assertThat(request("again", DAY))
          .as(state.name())
          .isEqualTo(new BatchRequest.Taken(found(first)));
    }

    fixture.set(first.id(), COMPLETED);
    BatchRun second = accepted(request("again", DAY));

    assertThat(request("again", DAY)).isEqualTo(new BatchRequest.Taken(found(second)));
  }

  @Test
  void namesTheRunThatIsInTheWayAndNotALaterOneThatIsNot() {
    BatchRun open = accepted(request("again", DAY));
    BatchRun later = accepted(request("again", Map.of("date", "2026-01-01")));
    fixture.set(later.id(), COMPLETED);
    jdbc.sql(
            "UPDATE batch_run SET parameters = (SELECT parameters FROM batch_run WHERE id = ?) WHERE id = ?")
        .params(open.id(), later.id())
        .update();

    assertThat(request("again", DAY)).isEqualTo(new BatchRequest.Taken(open));
  }

  @Test
  void aRunThatWasRepeatableWhenItWasRequestedIsNotInTheWayOfOneThatIsNot() {
    BatchRun before = accepted(request("again", DAY));
    fixture.set(before.id(), COMPLETED);
    fixture.announce("again", false);

    BatchRun now = accepted(request("again", DAY));
    fixture.set(now.id(), COMPLETED);

    assertThat(request("again", DAY)).isEqualTo(new BatchRequest.Taken(found(now)));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(request("nightly", DAY)).isEqualTo(new BatchRequest.UnknownJob("nightly"));
    assertThat(request("once", Map.of()))
        .isEqualTo(new BatchRequest.WrongParameters("once needs the parameter date: The day."));
    assertThat(request("once", Map.of("date", "soon")))
        .isInstanceOfSatisfying(
            BatchRequest.WrongParameters.class,
            wrong -> assertThat(wrong.why()).startsWith("date has to be a day"));
    assertThat(request("once", Map.of("date", "today", "Date", "today")))
        .isInstanceOfSatisfying(
            BatchRequest.WrongParameters.class,
            wrong -> assertThat(wrong.why()).contains("no parameter 'Date'"));
    assertThat(runs.latest(Optional.empty(), 10)).isEmpty();
  }

  @Test
  void stopsWhatWaitsAtOnceAndWhatRunsWhenItsChunkEnds() {
    BatchRun waiting = accepted(request("once", DAY));
    BatchRun running = accepted(request("again", DAY));
    fixture.set(running.id(), RUNNING);

    assertThat(changed(runs.stop(waiting.id())))
        .returns(STOPPED, BatchRun::state)
        .returns(false, BatchRun::stopRequested)
        .doesNotReturn(null, BatchRun::endedAt);
    assertThat(changed(runs.stop(running.id())))
        .returns(RUNNING, BatchRun::state)
        .returns(true, BatchRun::stopRequested)
        .returns(null, BatchRun::endedAt);
  }

  @Test
  void beginsAgainAsIfNothingHadGoneWrong() {
    for (BatchRunState state : List.of(STOPPED, FAILED)) {
      BatchRun run = inState(state);

      assertThat(changed(runs.restart(run.id())))
          .returns(REQUESTED, BatchRun::state)
          .returns(0, BatchRun::begun)
          .returns(null, BatchRun::endedAt)
          .returns(null, BatchRun::message)
          .returns(run.startedAt(), BatchRun::startedAt)
          .satisfies(again -> assertThat(again.dueAt()).isAfterOrEqualTo(run.dueAt()));
    }
  }

  @Test
  void changesNothingInAnyOtherState() {
    assertImpossible(runs::stop, STOPPED, FAILED, COMPLETED, ABANDONED);
    assertImpossible(runs::restart, REQUESTED, RUNNING, COMPLETED, ABANDONED);
    assertImpossible(runs::abandon, REQUESTED, RUNNING, COMPLETED, ABANDONED);
    assertThat(changed(runs.abandon(inState(STOPPED).id())).state()).isEqualTo(ABANDONED);
    assertThat(changed(runs.abandon(inState(FAILED).id())).state()).isEqualTo(ABANDONED);
  }

  @Test
  void changesNoRunThatThereIsNot() {
    UUID nobody = UUID.randomUUID();

    assertThat(List.of(runs.stop(nobody), runs.restart(nobody), runs.abandon(nobody)))
        .containsOnly(new BatchChange.Unknown());
    assertThat(runs.find(nobody)).isEmpty();
  }

  @Test
  void listsTheLatestRunsFirst() {
    BatchRun first = accepted(request("once", DAY));
    BatchRun second = accepted(request("again", DAY));
    BatchRun third = accepted(request("once", Map.of("date", "today")));

    assertThat(runs.latest(Optional.empty(), 10)).containsExactly(third, second, first);
    assertThat(runs.latest(Optional.empty(), 2)).containsExactly(third, second);
    assertThat(runs.latest(Optional.of("once"), 10)).containsExactly(third, first);
    assertThat(runs.latest(Optional.of("nobody"), 10)).isEmpty();
  }

  private BatchRequest request(String job, Map<String, String> given) {
    return runs.request(job, given, TODAY, "tester");
  }

  private BatchRun inState(BatchRunState state) {
    BatchRun run = accepted(request("again", Map.of("date", "today", "note", state.name())));
    fixture.set(run.id(), state);
    return found(run);
  }

  private void assertImpossible(Function<UUID, BatchChange> change, BatchRunState... states) {
    for (BatchRunState state : states) {
      BatchRun run =
          accepted(request("again", Map.of("date", "today", "note", UUID.randomUUID().toString())));
      fixture.set(run.id(), state);
      BatchRun before = found(run);

      assertThat(change.apply(run.id()))
          .as(state.name())
          .isEqualTo(new BatchChange.Impossible(before));
    }
  }

  private BatchRun found(BatchRun run) {
    return runs.find(run.id()).orElseThrow();
  }

  private static BatchRun accepted(BatchRequest answer) {
    assertThat(answer).isInstanceOf(BatchRequest.Accepted.class);
    return runOf(answer);
  }

  private static BatchRun changed(BatchChange answer) {
    assertThat(answer).isInstanceOf(BatchChange.Changed.class);
    return ((BatchChange.Changed) answer).run();
  }

  private static BatchRun runOf(BatchRequest answer) {
    return switch (answer) {
      case BatchRequest.Accepted(BatchRun run) -> run;
      case BatchRequest.Taken(BatchRun run) -> run;
      case BatchRequest.UnknownJob _, BatchRequest.WrongParameters _ ->
          throw new AssertionError(answer);
    };
  }
}
