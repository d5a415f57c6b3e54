package io.millrace.admin.queues;

import io.millrace.admin.queues.QueuesView.LaneView;
import io.millrace.admin.queues.QueuesView.QueueView;
import io.millrace.admin.queues.QueuesView.TypeView;
import io.millrace.admin.queues.QueuesView.WaitingView;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.QueueDepths;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.job.WaitReason;
import io.millrace.core.lease.WorkerListing;
import io.millrace.core.pause.KnownPause;
import io.millrace.core.pause.PausedPart;
import io.millrace.core.store.BacklogStore;
import io.millrace.core.store.BacklogStore.AtHand;
import io.millrace.core.store.BacklogStore.Waiting;
import io.millrace.core.store.PauseStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at the queues of the broker and at the tables, and puts the two together. */
final class QueueOverview {

  /** How many of what waits are counted. */
  static final int COUNTED = 10_000;

  /** Many heartbeats, for a worker's clock may not be ours. */
  private static final Duration LATELY = Duration.ofMinutes(1);

  private final JobTypeStore types;
  private final PauseStore pauses;
  private final BacklogStore backlog;
  private final WorkerListing workers;
  private final QueueDepths depths;
  private final InstantSource clock;

  QueueOverview(
      JobTypeStore types,
      PauseStore pauses,
      BacklogStore backlog,
      WorkerListing workers,
      QueueDepths depths,
      InstantSource clock) {
    this.types = types;
    this.pauses = pauses;
    this.backlog = backlog;
    this.workers = workers;
    this.depths = depths;
    this.clock = clock;
  }

  /** Whether a worker has ever had a handler of the type. */
  boolean knows(JobType type) {
    return types.find(type).isPresent();
  }

  /** Everything, as of this moment. */
  QueuesView look() {
    Map<PausedPart, PauseView> paused =
        pauses.all().stream().collect(Collectors.toMap(KnownPause::part, PauseView::of));
    List<AtHand> atHand = backlog.atHand();
    List<Waiting> waiting = backlog.waiting(COUNTED);
    Map<JobType, Double> rates = workers.endedPerSecond(clock.instant().minus(LATELY));
    Set<JobType> known = known(paused.keySet(), atHand, waiting);
    Map<String, QueueDepths.Depth> queues = new HashMap<>();
    String problem = null;
    try {
      queues.putAll(depths.of(known.stream().flatMap(QueueOverview::queuesOf).toList()));
    } catch (IOException e) {
      problem = "the queues have no figures: " + e.getMessage();
    }
    boolean atLeast = isAtLeast(waiting);
    List<TypeView> views = new ArrayList<>();
    for (JobType type : known) {
      views.add(
          view(
              type,
              paused.get(new PausedPart.OfType(type)),
              queueViews(type, queues),
              new Counts(
                  of(type, atHand, AtHand::type),
                  of(type, waiting, Waiting::type),
                  rates.getOrDefault(type, 0.0),
                  atLeast)));
    }
    return new QueuesView(views, lanes(paused), problem);
  }

  private Set<JobType> known(Set<PausedPart> paused, List<AtHand> atHand, List<Waiting> waiting) {
    Set<JobType> known = new TreeSet<>();
    types.all().forEach(type -> known.add(type.type()));
    atHand.forEach(each -> known.add(each.type()));
    waiting.forEach(each -> known.add(each.type()));
    for (PausedPart part : paused) {
      if (part instanceof PausedPart.OfType(JobType type)) {
        known.add(type);
      }
    }
    return known;
  }

  private static Stream<String> queuesOf(JobType type) {
    return Stream.concat(
        Arrays.stream(Lane.values()).map(lane -> QueueNames.of(type, lane)),
        Stream.of(QueueNames.dispatch(type)));
  }

  private static List<QueueView> queueViews(JobType type, Map<String, QueueDepths.Depth> depths) {
    List<QueueView> views = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      add(views, QueueNames.of(type, lane), lane, depths);
    }
    add(views, QueueNames.dispatch(type), null, depths);
    return views;
  }

  private static void add(
      List<QueueView> views,
      String name,
      @Nullable Lane lane,
      Map<String, QueueDepths.Depth> depths) {
    QueueDepths.Depth depth = depths.get(name);
    if (depth != null) {
      views.add(new QueueView(name, lane, depth.messages(), depth.consumers()));
    }
  }

  private static <T> List<T> of(JobType type, List<T> all, Function<T, JobType> typeOf) {
    return all.stream().filter(each -> typeOf.apply(each).equals(type)).toList();
  }

  /** Whether what waits for others was not all counted: then nobody knows of which types it is. */
  private static boolean isAtLeast(List<Waiting> waiting) {
    return Stream.of(WaitReason.CONCURRENCY, WaitReason.PARKED, WaitReason.PAUSED)
        .anyMatch(
            reason ->
                waiting.stream()
                        .filter(each -> each.reason() == reason)
                        .mapToLong(Waiting::jobs)
                        .sum()
                    >= COUNTED);
  }

  private record Counts(
      List<AtHand> atHand, List<Waiting> waiting, double endedPerSecond, boolean othersAtLeast) {

    @Nullable AtHand of(boolean running) {
      return atHand.stream().filter(each -> each.running() == running).findFirst().orElse(null);
    }

    /** Whether a count ended where it had to. */
    boolean isAtLeast() {
      return othersAtLeast || waiting.stream().mapToLong(Waiting::jobs).sum() >= COUNTED;
    }
  }

  private static TypeView view(
      JobType type, @Nullable PauseView paused, List<QueueView> queues, Counts counts) {
    AtHand running = counts.of(true);
    AtHand queued = counts.of(false);
    return new TypeView(
        type.name(),
        paused,
        queues,
        running == null ? 0 : running.jobs(),
        running == null ? null : running.oldest(),
        queued == null ? 0 : queued.jobs(),
        queued == null ? null : queued.oldest(),
        counts.waiting().stream()
            .map(
                each ->
                    new WaitingView(each.reason(), each.dependency(), each.jobs(), each.earliest()))
            .toList(),
        counts.endedPerSecond(),
        counts.isAtLeast());
  }

  private static List<LaneView> lanes(Map<PausedPart, PauseView> paused) {
    return Arrays.stream(Lane.values())
        .map(lane -> new LaneView(lane, paused.get(new PausedPart.OfLane(lane))))
        .toList();
  }
}
