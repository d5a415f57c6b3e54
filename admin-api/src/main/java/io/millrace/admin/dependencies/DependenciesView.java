package io.millrace.admin.dependencies;

import io.millrace.core.dependency.Circuit;
import io.millrace.core.store.BacklogStore;
import io.millrace.core.store.DependencyListing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Dependencies that are, or were, in trouble, that jobs are parked for, or whose limits are in use.
 *
 * @param atLeast whether more jobs may be parked than were counted
 */
record DependenciesView(List<DependencyView> dependencies, boolean atLeast) {

  /**
   * A dependency.
   *
   * @param since since when its circuit is so; left out if it never was in trouble
   * @param retryAt when a probe is due; while half open, when the probe is taken for lost
   * @param openings in a row
   * @param restUntil before when nothing is called, since it asked for that
   * @param reason why it was opened last, or forced
   * @param forcedBy who has decided in the place of probes
   */
  record DependencyView(
      String key,
      Circuit circuit,
      @Nullable Instant since,
      @Nullable Instant retryAt,
      int openings,
      @Nullable Instant restUntil,
      @Nullable String reason,
      @Nullable String forcedBy,
      List<ParkedView> parked,
      List<LimitView> limits) {

    static DependencyView of(DependencyListing.Known known, Instant now) {
      return of(known, List.of(), List.of(), now);
    }

    private static DependencyView of(
        DependencyListing.Known known,
        List<ParkedView> parked,
        List<LimitView> limits,
        Instant now) {
      Instant rest = known.restUntil();
      return new DependencyView(
          known.key().value(),
          known.circuit(),
          known.since(),
          known.retryAt(),
          known.openings(),
          rest != null && rest.isAfter(now) ? rest : null,
          known.circuit() == Circuit.CLOSED && known.forcedBy() == null ? null : known.reason(),
          known.forcedBy(),
          parked,
          limits);
    }

    private static DependencyView well(
        String key, List<ParkedView> parked, List<LimitView> limits) {
      return new DependencyView(
          key, Circuit.CLOSED, null, null, 0, null, null, null, parked, limits);
    }
  }

  /**
   * A tenant's jobs that wait for it.
   *
   * @param earliest when the first of them was parked, or may come back
   */
  record ParkedView(String tenant, long jobs, Instant earliest) {}

  /**
   * A limit over all workers.
   *
   * @param rate as it is configured
   * @param aheadSeconds how far calls are booked ahead of the clock: at 0 nobody waits for it
   */
  record LimitView(String rate, double aheadSeconds) {}

  static DependenciesView of(
      List<DependencyListing.Known> known,
      List<BacklogStore.Parked> parked,
      Map<String, List<DependencyListing.Used>> used,
      int counted,
      Instant now) {
    Map<String, DependencyListing.Known> byKey = new TreeMap<>();
    known.forEach(each -> byKey.put(each.key().value(), each));
    Set<String> keys = new TreeSet<>(byKey.keySet());
    parked.forEach(each -> keys.add(each.dependency()));
    keys.addAll(used.keySet());
    List<DependencyView> views = new ArrayList<>();
    for (String key : keys) {
      DependencyListing.Known row = byKey.get(key);
      List<ParkedView> waiting = parkedFor(key, parked);
      List<LimitView> limits = limits(used.getOrDefault(key, List.of()));
      views.add(
          row == null
              ? DependencyView.well(key, waiting, limits)
              : DependencyView.of(row, waiting, limits, now));
    }
    return new DependenciesView(
        views, parked.stream().mapToLong(BacklogStore.Parked::jobs).sum() >= counted);
  }

  private static List<ParkedView> parkedFor(String key, List<BacklogStore.Parked> parked) {
    return parked.stream()
        .filter(each -> each.dependency().equals(key))
        .map(each -> new ParkedView(each.tenant(), each.jobs(), each.earliest()))
        .toList();
  }

  private static List<LimitView> limits(List<DependencyListing.Used> used) {
    return used.stream()
        .map(each -> new LimitView(each.rate(), Math.round(each.aheadSeconds() * 1_000) / 1_000.0))
        .toList();
  }
}
