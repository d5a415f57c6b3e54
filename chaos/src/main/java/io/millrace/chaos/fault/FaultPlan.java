package io.millrace.chaos.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which fault comes when: drawn from a seed, so that a run can be had again, as far as its faults
 * go.
 */
public record FaultPlan(List<Planned> faults) {

  public FaultPlan {
    faults = List.copyOf(faults);
  }

  /**
   * One fault.
   *
   * @param at how long after the beginning
   * @param seed of whatever else is left to chance in it
   */
  public record Planned(Duration at, FaultKind kind, long seed) {}

  /** Each of {@code kinds} {@code times} times, at random moments within {@code length}. */
  public static FaultPlan draw(long seed, List<FaultKind> kinds, Duration length, int times) {
    Random random = new Random(seed);
    List<FaultKind> order = new ArrayList<>();
    List<Duration> moments = new ArrayList<>();
    for (FaultKind kind : kinds) {
      for (int i = 0; i < times; i++) {
        order.add(kind);
        moments.add(Duration.ofMillis(random.nextLong(length.toMillis())));
      }
    }
    Collections.shuffle(order, random);
    Collections.sort(moments);
    List<Planned> faults = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      faults.add(new Planned(moments.get(i), order.get(i), random.nextLong()));
    }
    return new FaultPlan(faults);
  }
}
