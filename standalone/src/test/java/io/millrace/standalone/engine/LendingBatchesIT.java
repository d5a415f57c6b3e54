package io.millrace.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.batch.BatchRequest;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRunState;
import io.millrace.core.batch.BatchRunStore;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The batches of the lender, run by the engine. */
class LendingBatchesIT {

  private static final LocalDate MONTH_END = LocalDate.of(2026, 2, 28);

  @AutoClose
  private final EngineUnderTest engine =
      new EngineUnderTest(
          FlakyHandlers.class, "--millrace.batch.partitions=4", "--millrace.batch.restarts=1");

  private final BatchRunStore runs = engine.bean(BatchRunStore.class);

  LendingBatchesIT() throws InterruptedException {}

  @Test
  void accrueABookOnceAndTellOfItsStatements() throws Exception {
    BatchRun load =
        completed("loan-book-load", Map.of("loans", "5000", "date", MONTH_END.toString()));
    BatchRun accrual =
        completed(
            "interest-accrual", Map.of("date", MONTH_END.toString(), "endpoint", "statements"));

    long active =
        count("lending.loan WHERE disbursed_on <= '2026-02-28' AND matures_on > '2026-02-28'");
    assertThat(active).isGreaterThan(2_500);
    assertThat(count("lending.accrual")).isEqualTo(active);
    assertThat(count("lending.statement")).isEqualTo(active);
    assertThat(matchingTotals(load.id())).isEqualTo(2);
    assertThat(matchingTotals(accrual.id())).isEqualTo(30);
    assertThat(engine.count("type = 'webhook.deliver'")).isEqualTo(5);
    assertThat(runs.partitions(accrual.id()))
        .filteredOn(partition -> partition.step().equals("accrue"))
        .hasSize(16)
        .allSatisfy(partition -> assertThat(partition.done()).isEqualTo(partition.total()));
  }

  @Test
  void refuseADayThatIsAccrued() throws Exception {
    Map<String, String> day = Map.of("date", MONTH_END.toString());
    completed("loan-book-load", Map.of("loans", "500", "date", MONTH_END.toString()));
    BatchRun accrual = completed("interest-accrual", day);

    assertThat(request("interest-accrual", day))
        .isInstanceOfSatisfying(
            BatchRequest.Taken.class,
            taken -> assertThat(taken.run().id()).isEqualTo(accrual.id()));
    BatchRun other =
        ended("interest-accrual", Map.of("date", MONTH_END.toString(), "endpoint", "another"));
    assertThat(other.state()).isEqualTo(BatchRunState.FAILED);
    assertThat(other.message()).contains("2026-02-28 is accrued already");
    assertThat(engine.count("type = 'webhook.deliver'")).isZero();
  }

  private BatchRun completed(String job, Map<String, String> parameters) throws Exception {
    BatchRun run = ended(job, parameters);
    assertThat(run.state()).as("%s", run.message()).isEqualTo(BatchRunState.COMPLETED);
    return run;
  }

  private BatchRun ended(String job, Map<String, String> parameters) throws Exception {
    BatchRequest request = request(job, parameters);
    assertThat(request).isInstanceOf(BatchRequest.Accepted.class);
    UUID run = ((BatchRequest.Accepted) request).run().id();
    EngineUnderTest.await(() -> runs.find(run).orElseThrow().endedAt() != null);
    return runs.find(run).orElseThrow();
  }

  private BatchRequest request(String job, Map<String, String> parameters) {
    return runs.request(job, parameters, MONTH_END, "test");
  }

  private long matchingTotals(UUID run) {
    return count("batch_total WHERE run_id = '%s' AND expected = actual".formatted(run));
  }

  private long count(String rows) {
    return engine.jdbc().sql("SELECT count(*) FROM " + rows).query(Long.class).single();
  }
}
