package io.millrace.worker.settlement;

import io.millrace.client.contract.JobType;
import io.millrace.core.Bounds;
import io.millrace.core.job.RetryPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often and when failed jobs are tried again: exponential backoff with full jitter.
 *
 * @param firstDelay the longest delay after the first failure; 1 ms to 1 day
 * @param factor by which it grows with every further failure; 1 to 10
 * @param ceiling beyond which it does not grow; up to 7 days
 * @param attempts how many attempts may fail, the last of them for good; 1 to 1,000
 * @param total how long after the first failure the last attempt may begin; up to 365 days
 * @param types the same for single job types, where it differs
 */
@ConfigurationProperties("millrace.retry")
public record RetryProperties(
    @DefaultValue("1s") Duration firstDelay,
    @DefaultValue("3") double factor,
    @DefaultValue("10m") Duration ceiling,
    @DefaultValue("8") int attempts,
    @DefaultValue("24h") Duration total,
    @DefaultValue Map<String, OfType> types) {

  /** What differs for one type; what is null does not. */
  public record OfType(
      @Nullable Duration firstDelay,
      @Nullable Double factor,
      @Nullable Duration ceiling,
      @Nullable Integer attempts,
      @Nullable Duration total) {}

  public RetryProperties {
    types = Map.copyOf(types);
    require("millrace.retry", new RetryPolicy(firstDelay, factor, ceiling, attempts, total));
    types.keySet().forEach(type -> require("millrace.retry.types." + type, policy(type)));
  }

  /** The policies, ready for use. */
  public RetryPolicies policies() {
    Map<String, RetryPolicy> byType = new HashMap<>();
    types.keySet().forEach(type -> byType.put(type, policy(type)));
    return new RetryPolicies(new RetryPolicy(firstDelay, factor, ceiling, attempts, total), byType);
  }

  private RetryPolicy policy(String type) {
    OfType own = types.get(type);
    return own == null
        ? new RetryPolicy(firstDelay, factor, ceiling, attempts, total)
        : new RetryPolicy(
            or(own.firstDelay(), firstDelay),
            or(own.factor(), factor),
            or(own.ceiling(), ceiling),
            or(own.attempts(), attempts),
            or(own.total(), total));
  }

  private static <T> T or(@Nullable T own, T common) {
    return own == null ? common : own;
  }

  private static void require(String prefix, RetryPolicy policy) {
    Bounds.require(
        prefix + ".first-delay", policy.firstDelay(), Duration.ofMillis(1), Duration.ofDays(1));
    Bounds.require(prefix + ".factor", policy.factor(), 1.0, 10.0);
    Bounds.require(prefix + ".ceiling", policy.ceiling(), Duration.ofMillis(1), Duration.ofDays(7));
    Bounds.require(prefix + ".attempts", policy.attempts(), 1, 1_000);
    Bounds.require(prefix + ".total", policy.total(), Duration.ZERO, Duration.ofDays(365));
  }

  /**
   * The policy of each type.
   *
   * @param common of all that have none of their own
   */
  public record RetryPolicies(RetryPolicy common, Map<String, RetryPolicy> byType) {

    public RetryPolicies {
      byType = Map.copyOf(byType);
    }

    /** The policy of {@code type}. */
    public RetryPolicy of(JobType type) {
      return byType.getOrDefault(type.name(), common);
    }
  }
}
