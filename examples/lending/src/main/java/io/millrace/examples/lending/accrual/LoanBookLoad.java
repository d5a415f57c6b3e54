package io.millrace.examples.lending.accrual;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchParameter.Kind;
import io.millrace.batch.ChunkStep;
import io.millrace.batch.ControlTotal;
import io.millrace.batch.Partition;
import io.millrace.batch.PartitionContext;
import io.millrace.batch.PermanentBatchFailure;
import io.millrace.batch.RunContext;
import io.millrace.batch.Task.Progress;
import io.millrace.batch.TaskStep;
import io.millrace.examples.lending.book.Loan;
import io.millrace.examples.lending.book.LoanBook;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The batch {@code loan-book-load}: fills the tables of the lender with loans that are made up from
 * a seed. There is one book: a run that finds another's is refused.
 */
final class LoanBookLoad {

  private static final long MOST_LOANS = 10_000_000;
  private static final int CHUNK = 2_000;

  private final BookStore store;
  private final int partitions;

  LoanBookLoad(BookStore store, int partitions) {
    this.store = store;
    this.partitions = partitions;
  }

  BatchJob job() {
    return BatchJob.named("loan-book-load")
        .describedAs("Fills the tables of the lender with loans that are made up from a seed.")
        .date("date", "The first day whose interest is to be accrued.")
        .parameter(Kind.NUMBER, "loans", "How many; 1 to 10,000,000.", "1000000")
        .parameter(Kind.NUMBER, "seed", "0 or more; the same seed makes the same loans.", "42")
        .step(TaskStep.of("tables", (context, _) -> makeTables(context.run())))
        .step(loans())
        .step(TaskStep.of("open", (_, _) -> open()))
        .totals(this::totals)
        .build();
  }

  private Progress makeTables(RunContext run) {
    long loans = run.number("loans");
    long seed = run.number("seed");
    if (loans < 1 || loans > MOST_LOANS || seed < 0) {
      throw new PermanentBatchFailure(
          "a book has 1 to %d loans and a seed from 0, not %d and %d"
              .formatted(MOST_LOANS, loans, seed));
    }
    store.makeTables();
    if (!store.claim(run.run(), seed, loans, run.date("date"))) {
      throw new PermanentBatchFailure(
          "there is a loan book already: to load another, DROP SCHEMA lending CASCADE first");
    }
    return Progress.finished(1);
  }

  private ChunkStep<Integer, NumberedLoan> loans() {
    return ChunkStep.<Integer, NumberedLoan>named("loans")
        .partitions(this::ranges)
        .chunk(CHUNK)
        .reader(context -> new LoanNumbers(LoanRange.of(context.partition())))
        .processor(context -> number -> loan(context, number))
        .writer(_ -> chunk -> store.insert(chunk.getItems()))
        .build();
  }

  private List<Partition> ranges(RunContext run) {
    return LoanRange.dividing(run.number("loans"), partitions).stream()
        .map(range -> range.partition(range.size()))
        .toList();
  }

  private static NumberedLoan loan(PartitionContext context, int number) {
    return new NumberedLoan(number, LoanBook.loan(context.run().number("seed"), number));
  }

  private Progress open() {
    store.open();
    return Progress.finished(1);
  }

  /** The loans are made up a second time, and added up without the database. */
  private List<ControlTotal> totals(RunContext run) {
    int loans = Math.toIntExact(run.number("loans"));
    long seed = run.number("seed");
    BigDecimal principal =
        IntStream.rangeClosed(1, loans)
            .parallel()
            .mapToObj(number -> LoanBook.loan(seed, number))
            .map(Loan::terms)
            .map(terms -> terms.principal())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BookStore.Sums sums = store.sums();
    return List.of(
        ControlTotal.of("loans", loans, sums.loans()),
        new ControlTotal("principal", principal, sums.principal()));
  }
}
