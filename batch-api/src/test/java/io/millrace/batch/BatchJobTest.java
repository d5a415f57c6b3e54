package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.batch.BatchParameter.Kind;
import io.millrace.batch.Task.Progress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchJobTest {

  private static final RunContext RUN = new RunContext(new UUID(0, 1), Map.of());

  @Test
  void isAsItWasDescribed() throws Exception {
    ControlTotal total = ControlTotal.of("loans", 3, 3);

    BatchJob job =
        BatchJob.named("interest-accrual")
            .describedAs("Accrues.")
            .date("date", "The day.")
            .parameter(Kind.NUMBER, "days", "How many.", "1")
            .repeatable()
            .step(step("accrue"))
            .step(step("report"))
            .totals(_ -> List.of(total))
            .build();

    assertThat(job.name()).isEqualTo("interest-accrual");
    assertThat(job.description()).isEqualTo("Accrues.");
    assertThat(job.parameters().all())
        .containsExactly(
            new BatchParameter("date", Kind.DATE, "The day.", null),
            new BatchParameter("days", Kind.NUMBER, "How many.", "1"));
    assertThat(job.isRepeatable()).isTrue();
    assertThat(job.steps()).extracting(BatchStep::name).containsExactly("accrue", "report");
    assertThat(job.totals().totals(RUN)).containsExactly(total);
  }

  @Test
  void isDoneOnceAndAddsUpNothingUnlessItIsSaid() throws Exception {
    BatchJob job = BatchJob.named("plain").step(step("only")).build();

    assertThat(job.isRepeatable()).isFalse();
    assertThat(job.description()).isEmpty();
    assertThat(job.parameters().all()).isEmpty();
    assertThat(job.totals().totals(RUN)).isEmpty();
  }

  @Test
  void hasAStepAndNoTwoOfOneName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchJob.named("empty").build())
        .withMessage("job empty has no step");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchJob.named("double").step(step("a")).step(step("a")).build())
        .withMessage("there are two steps named 'a'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> BatchJob.named("double").date("d", "").date("d", "").step(step("a")).build())
        .withMessage("there are two parameters named 'd'");
  }

  @Test
  void hasANameOfWords() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchJob.named("Nightly Run").step(step("a")).build())
        .withMessageContaining("a job's name is words");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchJob.named("x".repeat(61)).step(step("a")).build())
        .withMessageContaining("at most 60 characters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step("x".repeat(31)))
        .withMessageContaining("at most 30 characters");
  }

  @Test
  void doesATaskOnceUnlessItIsDivided() throws Exception {
    List<Partition> partitions = step("a").partitioning().partitions(RUN);

    assertThat(partitions).containsExactly(Partition.whole(0));
    assertThat(Progress.more(7)).isEqualTo(new Progress(7, false));
    assertThat(Progress.finished(7)).isEqualTo(new Progress(7, true));
  }

  private static TaskStep step(String name) {
    return TaskStep.of(name, (_, _) -> Progress.finished(0));
  }
}
