package io.millrace.scheduler.retention;

import io.millrace.core.Bounds;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is over is kept. The same for all schedulers of one database.
 *
 * @param jobs how long after a job's end until it is erased, and after a replay's end, or the last
 *     failure of a group without jobs, until that is deleted; 1 h to 36,500 days, or 0 for never
 * @param rules the same for jobs of some types and tenants, each under a name that only people read
 * @param ids how long after the end of a job that was erased its message id is recognised; 30 to
 *     36,500 days, or 0 for ever
 * @param quarantine how long after its last arrival until a message is deleted from the quarantine;
 *     1 to 36,500 days, or 0 for never
 * @param batches how long after the end of a batch run until what it did is deleted; 7 to 36,500
 *     days, or 0 for never
 * @param batch how many jobs or messages one transaction is about; 1 to 5,000
 */
@ConfigurationProperties("millrace.retention")
public record RetentionProperties(
    @DefaultValue("0") Duration jobs,
    @DefaultValue Map<String, Rule> rules,
    @DefaultValue("400d") Duration ids,
    @DefaultValue("0") Duration quarantine,
    @DefaultValue("90d") Duration batches,
    @DefaultValue("500") int batch) {

  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final int LARGEST = 5_000;

  /**
   * How long jobs of a type, of a tenant, or of a type and tenant are kept.
   *
   * @param type null for every one
   * @param tenant null for every one
   */
  public record Rule(@Nullable String type, @Nullable String tenant, Duration keep) {}

  public RetentionProperties {
    rules = Map.copyOf(rules);
    require("millrace.retention.jobs", jobs, SHORTEST);
    rules.forEach(
        (name, rule) ->
            require("millrace.retention.rules.%s.keep".formatted(name), rule.keep(), SHORTEST));
    require("millrace.retention.ids", ids, Duration.ofDays(30));
    require("millrace.retention.quarantine", quarantine, Duration.ofDays(1));
    require("millrace.retention.batches", batches, Duration.ofDays(7));
    Bounds.require("millrace.retention.batch", batch, 1, LARGEST);
    new RetentionPolicy(jobs, rules); // says what is wrong with the rules at the start
  }

  private static void require(String key, Duration keep, Duration least) {
    if (!keep.isZero()) {
      Bounds.require(key, keep, least, LONGEST);
    }
  }

  /** What is decided for each job. */
  RetentionPolicy policy() {
    return new RetentionPolicy(jobs, rules);
  }
}
