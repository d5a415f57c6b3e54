package io.millrace.scheduler.retention;

import io.millrace.scheduler.retention.RetentionProperties.Rule;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long a job is kept after its end: as the rule for its type and tenant says; if there is none,
 * as the one for its type or the one for its tenant does, the longer time of both; if there is none
 * either, for the common time. A time of zero is for ever, and the longest. Immutable.
 */
final class RetentionPolicy {

  private final Duration common;
  private final Map<Selector, Duration> times = new HashMap<>();

  private record Selector(@Nullable String type, @Nullable String tenant) {}

  /**
   * @param rules by their names
   * @throws IllegalArgumentException if a rule is for everything, or two are for the same
   */
  RetentionPolicy(Duration common, Map<String, Rule> rules) {
    this.common = common;
    new TreeMap<>(rules).forEach(this::add);
  }

  private void add(String name, Rule rule) {
    if (rule.type() == null && rule.tenant() == null) {
      throw new IllegalArgumentException(
          "millrace.retention.rules.%s names neither type nor tenant: for all jobs there is millrace.retention.jobs"
              .formatted(name));
    }
    if (times.putIfAbsent(new Selector(rule.type(), rule.tenant()), rule.keep()) != null) {
      throw new IllegalArgumentException(
          "millrace.retention.rules.%s is for what another rule is for".formatted(name));
    }
  }

  /** How long a job is kept; zero is for ever. */
  Duration keep(String type, String tenant) {
    Duration exact = times.get(new Selector(type, tenant));
    if (exact != null) {
      return exact;
    }
    return longer(
            Optional.ofNullable(times.get(new Selector(type, null))),
            Optional.ofNullable(times.get(new Selector(null, tenant))))
        .orElse(common);
  }

  private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
    return Stream.concat(one.stream(), other.stream())
        .reduce((a, b) -> a.isZero() || !b.isZero() && a.compareTo(b) > 0 ? a : b);
  }

  /** All times after which a job may have to go, the shortest first; none of them is zero. */
  SortedSet<Duration> times() {
    return Stream.concat(Stream.of(common), times.values().stream())
        .filter(time -> !time.isZero())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The same text for the same decisions. */
  @Override
  public String toString() {
    return times.entrySet().stream()
        .map(each -> "%s: %s".formatted(each.getKey(), each.getValue()))
        .sorted()
        .collect(Collectors.joining("; ", "all: %s; ".formatted(common), ""));
  }
}
