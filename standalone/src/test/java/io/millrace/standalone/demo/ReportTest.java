package io.millrace.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.job.JobState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Run RUN = new Run("demo-1", 42, 2_000);

  @Test
  void aGoodRunSaysHowFastItWas() {
    Report report = report(Map.of(JobState.SUCCEEDED, 2_000), "100.00");

    assertThat(report.isGood()).isTrue();
    assertThat(report.text())
        .contains("run demo-1: 2,000 SUCCEEDED")
        .contains("1,000 jobs/s (2,000 in 2.0 s)")
        .contains("p50 12 ms, p95 34 ms, p99 56 ms")
        .contains("loan-42-000001: 12 instalments of 100.00, interest EUR 12.34")
        .contains("control total: matches in all 1 currencies");
  }

  @Test
  void aDifferenceOfACentIsSeen() {
    Report report = report(Map.of(JobState.SUCCEEDED, 2_000), "100.01");

    assertThat(report.isGood()).isFalse();
    assertThat(report.text()).contains("DIFFERS", "control total: DOES NOT MATCH in EUR");
  }

  @Test
  void missingAndFailedJobsAreTold() {
    Report report = report(new TreeMap<>(Map.of(JobState.FAILED, 1)), "100.00");

    assertThat(report.isGood()).isFalse();
    assertThat(report.text()).contains("1 FAILED, 1,999 without a job");
  }

  @Test
  void aCurrencyThatIsMissingOnOneSideDiffers() {
    Audit audit = new Audit(new TreeMap<>(), euros("1"));

    assertThat(audit.matches()).isFalse();
    assertThat(audit.verdict()).contains("EUR");
  }

  private static Report report(Map<JobState, Integer> states, String recorded) {
    return new Report(
        RUN,
        states,
        Duration.ofSeconds(2),
        Optional.of(
            new Latencies(
                Instant.EPOCH,
                Duration.ofMillis(12),
                Duration.ofMillis(34),
                Duration.ofMillis(56))),
        List.of(
            new Sample(
                RUN.jobId(RUN.loans().findFirst().orElseThrow()),
                "loan-42-000001",
                "EUR",
                Optional.of(new BigDecimal("100.00")),
                12,
                new BigDecimal("12.34"))),
        new Audit(euros(recorded), euros("100")));
  }

  private static SortedMap<String, BigDecimal> euros(String amount) {
    return new TreeMap<>(Map.of("EUR", new BigDecimal(amount)));
  }
}
