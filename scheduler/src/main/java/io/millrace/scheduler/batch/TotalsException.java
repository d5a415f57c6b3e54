package io.millrace.scheduler.batch;

import io.millrace.batch.ControlTotal;
import java.util.List;
import java.util.stream.Collectors;

/** What a run should have done is not what it did. */
final class TotalsException extends RuntimeException {

  TotalsException(List<ControlTotal> wrong) {
    super(
        wrong.stream()
            .map(
                total ->
                    "%s should be %s, but is %s"
                        .formatted(
                            total.name(),
                            total.expected().toPlainString(),
                            total.actual().toPlainString()))
            .collect(Collectors.joining("; ", "the control totals do not match: ", "")));
  }
}
