package io.millrace.standalone.demo;

import io.millrace.core.job.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param states how many jobs ended in which state
 * @param took from the first message published to the last job's end
 * @param latencies empty if no job ended
 * @param samples the first results
 * @param audit whether the sums are right
 */
record Report(
    Run run,
    Map<JobState, Integer> states,
    Duration took,
    Optional<Latencies> latencies,
    List<Sample> samples,
    Audit audit) {

  /** Whether every job succeeded with the right result. */
  boolean isGood() {
    return states.getOrDefault(JobState.SUCCEEDED, 0) == run.count() && audit.matches();
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("run %s: %s".formatted(run.name(), counts()));
    lines.add("");
    lines.add("throughput  " + throughput());
    lines.add(
        "            from the first message published to the last job finished, over AMQP with a confirm");
    lines.add(
        "            for each message, with every result committed and its outcome announced; publisher,");
    lines.add(
        "            broker, worker, PostgreSQL and the audit's own computing share this machine");
    latencies.ifPresent(
        latency -> {
          lines.add(
              "latency     p50 %s, p95 %s, p99 %s"
                  .formatted(millis(latency.p50()), millis(latency.p95()), millis(latency.p99())));
          lines.add(
              "            from a message's arrival at the worker to its job's end, its wait behind the");
          lines.add(
              "            others that were fetched with it included (finished_at - created_at in PostgreSQL)");
        });
    lines.add("");
    samples.forEach(sample -> lines.add("result      " + line(sample)));
    lines.add("");
    lines.add(
        "all instalments, added up from the results in PostgreSQL and computed apart from the book:");
    audit.lines().forEach(line -> lines.add("  " + line));
    return String.join(System.lineSeparator(), lines);
  }

  private String counts() {
    List<String> counts = new ArrayList<>();
    states.forEach((state, jobs) -> counts.add(String.format(Locale.ROOT, "%,d %s", jobs, state)));
    int missing = run.count() - states.values().stream().mapToInt(Integer::intValue).sum();
    if (missing > 0) {
      counts.add(String.format(Locale.ROOT, "%,d without a job", missing));
    }
    return String.join(", ", counts);
  }

  private String throughput() {
    int ended =
        states.entrySet().stream()
            .filter(entry -> entry.getKey().isFinal())
            .mapToInt(Map.Entry::getValue)
            .sum();
    double seconds = Math.max(took.toMillis(), 1) / 1e3;
    return String.format(
        Locale.ROOT, "%,.0f jobs/s (%,d in %.1f s)", ended / seconds, ended, seconds);
  }

  private static String line(Sample sample) {
    return String.format(
        Locale.ROOT,
        "%s  %s: %d instalments%s, interest %s %,.2f",
        sample.job(),
        sample.loan(),
        sample.instalments(),
        sample
            .levelPayment()
            .map(level -> String.format(Locale.ROOT, " of %,.2f", level))
            .orElse(""),
        sample.currency(),
        sample.interest());
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%,.0f ms", duration.toNanos() / 1e6);
  }
}
