package io.millrace.examples.lending.accrual;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchParameter.Kind;
import io.millrace.batch.ChunkStep;
import io.millrace.batch.Partition;
import io.millrace.batch.PartitionContext;
import io.millrace.batch.RunContext;
import io.millrace.batch.Task.Progress;
import io.millrace.batch.TaskStep;
import java.time.LocalDate;
import java.util.List;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * The batch {@code interest-accrual}: accrues a day's interest for every loan that bears it, and
 * posts it to the ledger, once. At the {@link MonthEnd} it also adds the month's interest to the
 * principals, and writes statements.
 *
 * <p>Days are accrued one after the other: each needs the one before it, and none is accrued twice.
 * A loan that comes into the book while a day is accrued begins with the next one.
 */
final class InterestAccrual {

  private static final String OFF = "off";
  private static final int CHUNK = 1_000;
  private static final int SLICE = 5_000;

  private final AccrualDays days;
  private final AccrualStore accruals;
  private final MonthEndStore monthEnd;
  private final AccrualTotals totals;
  private final int partitions;

  InterestAccrual(
      AccrualStore accruals, MonthEndStore monthEnd, AccrualTotals totals, int partitions) {
    this.days = new AccrualDays(accruals);
    this.accruals = accruals;
    this.monthEnd = monthEnd;
    this.totals = totals;
    this.partitions = partitions;
  }

  BatchJob job() {
    return BatchJob.named("interest-accrual")
        .describedAs("Accrues a day's interest of all loans; the end of a month capitalises it.")
        .date("date", "The day after the last one that was accrued.")
        .parameter(Kind.TEXT, "tenant", "Whose endpoint hears of statements.", "default")
        .parameter(Kind.TEXT, "endpoint", "The id of the endpoint, or 'off' for none.", OFF)
        .step(TaskStep.of("begin", (context, _) -> begin(context.run())))
        .step(accrue())
        .step(new TaskStep("capitalise", this::rangesAtMonthEnd, this::capitalise))
        .step(TaskStep.of("webhooks", (context, _) -> enqueueWebhooks(context.run())))
        .step(TaskStep.of("close", (context, _) -> close(context.run())))
        .totals(totals)
        .build();
  }

  private Progress begin(RunContext run) {
    days.begin(date(run), run.run());
    return Progress.finished(1);
  }

  private ChunkStep<ActiveLoan, Accrual> accrue() {
    return ChunkStep.<ActiveLoan, Accrual>named("accrue")
        .partitions(this::ranges)
        .chunk(CHUNK)
        .reader(
            context ->
                new NotYetAccrued(accruals, date(context.run()), LoanRange.of(context.partition())))
        .processor(context -> new DailyInterest(date(context.run()))::of)
        .writer(context -> chunk -> accruals.post(date(context.run()), chunk.getItems()))
        .build();
  }

  private List<Partition> ranges(RunContext run) {
    LocalDate date = date(run);
    return LoanRange.dividing(days.lastLoan(date), partitions).stream()
        .map(range -> range.partition(accruals.countActive(range, date)))
        .toList();
  }

  private List<Partition> rangesAtMonthEnd(RunContext run) {
    return MonthEnd.is(date(run)) ? ranges(run) : List.of();
  }

  /** A slice after the other: how far it has come is saved with what it did. */
  private Progress capitalise(PartitionContext context, ExecutionContext state) {
    LoanRange range = LoanRange.of(context.partition());
    LoanRange slice = range.from(state.getLong("next", range.first())).first(SLICE);
    int loans = monthEnd.capitalise(date(context.run()), slice);
    state.putLong("next", slice.last() + 1);
    return slice.last() < range.last() ? Progress.more(loans) : Progress.finished(loans);
  }

  /**
   * Tells of the statements once for each currency, in whose units they add up: a million webhooks
   * to one endpoint would help nobody.
   */
  private Progress enqueueWebhooks(RunContext run) {
    String endpoint = run.text("endpoint");
    if (!MonthEnd.is(date(run)) || endpoint.equals(OFF)) {
      return Progress.finished(0);
    }
    return Progress.finished(
        monthEnd.enqueueWebhooks(date(run), run.run(), run.text("tenant"), endpoint));
  }

  private Progress close(RunContext run) {
    days.close(date(run), run.run());
    return Progress.finished(1);
  }

  private static LocalDate date(RunContext run) {
    return run.date("date");
  }
}
