package io.millrace.standalone.engine;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchParameter.Kind;
import io.millrace.batch.ChunkStep;
import io.millrace.batch.ControlTotal;
import io.millrace.batch.Partition;
import io.millrace.batch.Task.Progress;
import io.millrace.batch.TaskStep;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Nights that are over soon, or when a test says so. */
@Configuration(proxyBeanMethods = false)
class NightJobs {

  /** Whether the tidying may come to its end. */
  static final AtomicBoolean TIDY = new AtomicBoolean();

  private static final List<String> LOANS = List.of("loan 1", "loan 2", "loan without rate");

  @Bean
  BatchJob accrual() {
    return BatchJob.named("accrual")
        .describedAs("Accrues interest.")
        .date("date", "The day.")
        .parameter(Kind.NUMBER, "loans", "How many there should be.", "4")
        .step(
            ChunkStep.<String, String>named("accrue")
                .partitions(
                    _ ->
                        List.of(
                            new Partition("north", LOANS.size(), Map.of()),
                            new Partition("south", LOANS.size(), Map.of())))
                .skip(1, IllegalArgumentException.class)
                .reader(_ -> new ListItemReader<>(LOANS))
                .processor(_ -> NightJobs::accrue)
                .writer(_ -> _ -> {})
                .build())
        .totals(run -> List.of(ControlTotal.of("loans", run.number("loans"), 4)))
        .build();
  }

  private static String accrue(String loan) {
    if (loan.equals("loan without rate")) {
      throw new IllegalArgumentException("no rate");
    }
    return loan;
  }

  @Bean
  BatchJob tidy() {
    return BatchJob.named("tidy")
        .describedAs("Tidies up, until it is told that all is tidy.")
        .repeatable()
        .step(TaskStep.of("sweep", (_, _) -> TIDY.get() ? Progress.finished(1) : Progress.more(1)))
        .build();
  }
}
