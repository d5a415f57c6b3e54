package io.millrace.worker.signal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Refusal;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.job.JobState;
import io.millrace.worker.signal.WorkerEvent.AcknowledgedEarly;
import io.millrace.worker.signal.WorkerEvent.AnnouncementDelayed;
import io.millrace.worker.signal.WorkerEvent.AttemptFailed;
import io.millrace.worker.signal.WorkerEvent.BatchTaken;
import io.millrace.worker.signal.WorkerEvent.BrokerConnected;
import io.millrace.worker.signal.WorkerEvent.BrokerLost;
import io.millrace.worker.signal.WorkerEvent.CallEnded;
import io.millrace.worker.signal.WorkerEvent.CallResult;
import io.millrace.worker.signal.WorkerEvent.CircuitClosed;
import io.millrace.worker.signal.WorkerEvent.CircuitOpened;
import io.millrace.worker.signal.WorkerEvent.CommitFenced;
import io.millrace.worker.signal.WorkerEvent.DatabaseBack;
import io.millrace.worker.signal.WorkerEvent.DatabaseLost;
import io.millrace.worker.signal.WorkerEvent.DeliveryHeld;
import io.millrace.worker.signal.WorkerEvent.DependencyRests;
import io.millrace.worker.signal.WorkerEvent.DuplicateRecognised;
import io.millrace.worker.signal.WorkerEvent.EndpointDisabled;
import io.millrace.worker.signal.WorkerEvent.GroupSettled;
import io.millrace.worker.signal.WorkerEvent.HandlerGivenUp;
import io.millrace.worker.signal.WorkerEvent.HandlerInterrupted;
import io.millrace.worker.signal.WorkerEvent.JobEnded;
import io.millrace.worker.signal.WorkerEvent.JobParked;
import io.millrace.worker.signal.WorkerEvent.JobSetAside;
import io.millrace.worker.signal.WorkerEvent.JobTakenOver;
import io.millrace.worker.signal.WorkerEvent.LimitsBack;
import io.millrace.worker.signal.WorkerEvent.LimitsLost;
import io.millrace.worker.signal.WorkerEvent.MessageRefused;
import io.millrace.worker.signal.WorkerEvent.OthersGoFirst;
import io.millrace.worker.signal.WorkerEvent.ProcessEnding;
import io.millrace.worker.signal.WorkerEvent.QueuesPaused;
import io.millrace.worker.signal.WorkerEvent.SuspectRunsAlone;
import io.millrace.worker.signal.WorkerEvent.TypesPaused;
import io.millrace.worker.signal.WorkerEvent.WorkerDeclaredDead;
import io.millrace.worker.signal.WorkerEvent.WorkerEnded;
import io.millrace.worker.signal.WorkerEvent.WorkerStarted;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts events. The table of all meters is {@code ops/metrics.md}; a test compares the two. */
final class WorkerMeters implements WorkerEventListener {

  static final String MESSAGES = "millrace.messages";
  static final String BATCH = "millrace.claim.batch";
  static final String REFUSED = "millrace.messages.refused";
  static final String DUPLICATES = "millrace.messages.duplicate";
  static final String HELD = "millrace.messages.held";
  static final String OTHERS_FIRST = "millrace.jobs.beyond.share";
  static final String ENDED = "millrace.jobs.ended";
  static final String RUN = "millrace.job.run";
  static final String LATENCY = "millrace.job.latency";
  static final String TAKEN_OVER = "millrace.jobs.taken.over";
  static final String FAILED = "millrace.attempts.failed";
  static final String INTERRUPTED = "millrace.handlers.interrupted";
  static final String GIVEN_UP = "millrace.handlers.given.up";
  static final String SUSPECTS = "millrace.jobs.suspected";
  static final String EARLY = "millrace.messages.acknowledged.early";
  static final String FENCED = "millrace.commits.fenced";
  static final String GROUP = "millrace.settle.group";
  static final String SETTLE = "millrace.settle";
  static final String DATABASE = "millrace.database.available";
  static final String BROKER = "millrace.broker.available";
  static final String DELAYED = "millrace.announcements.delayed";
  static final String CALLS = "millrace.calls";
  static final String PARKED = "millrace.jobs.parked";
  static final String OPENED = "millrace.circuits.opened";
  static final String CLOSED = "millrace.circuits.closed";
  static final String RESTS = "millrace.dependencies.rests";
  static final String ENDPOINTS = "millrace.endpoints.disabled";
  static final String PAUSED = "millrace.types.paused";
  static final String QUEUES = "millrace.queues.paused";
  static final String SET_ASIDE = "millrace.jobs.set.aside";
  static final String WORKERS_DEAD = "millrace.workers.declared.dead";

  private static final String DEPENDENCY = "dependency";

  private record Called(String dependency, CallResult result) {

    static Called of(CallEnded event) {
      return new Called(event.dependency().name(), event.result());
    }
  }

  private record Ended(JobType type, JobState state) {}

  private record EndedMeters(Counter ended, Timer run, Timer latency) {}

  private final MeterRegistry registry;
  private final Map<Ended, EndedMeters> ended = new ConcurrentHashMap<>();
  private final Map<Called, Timer> calls = new ConcurrentHashMap<>();
  private final Map<JobType, Counter> failed = new ConcurrentHashMap<>();
  private final Map<JobType, Counter> beyondShare = new ConcurrentHashMap<>();
  private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
  private final Counter messages;
  private final DistributionSummary batch;
  private final Counter duplicates;
  private final Counter held;
  private final Counter takenOver;
  private final Counter interrupted;
  private final AtomicInteger givenUp;
  private final Counter suspects;
  private final Counter early;
  private final Counter fenced;
  private final DistributionSummary group;
  private final Timer settle;
  private final AtomicInteger database;
  private final AtomicInteger broker;
  private final Counter delayed;
  private final Counter workersDead;
  private final AtomicInteger paused;
  private final AtomicInteger queues;
  private final Counter setAside;

  WorkerMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Refusal reason : Refusal.values()) {
      refused.put(reason, registry.counter(REFUSED, "reason", reason.name()));
    }
    messages = registry.counter(MESSAGES);
    batch = registry.summary(BATCH);
    duplicates = registry.counter(DUPLICATES);
    held = registry.counter(HELD);
    takenOver = registry.counter(TAKEN_OVER);
    interrupted = registry.counter(INTERRUPTED);
    givenUp = registry.gauge(GIVEN_UP, new AtomicInteger());
    suspects = registry.counter(SUSPECTS);
    early = registry.counter(EARLY);
    fenced = registry.counter(FENCED);
    group = registry.summary(GROUP);
    settle = registry.timer(SETTLE);
    database = registry.gauge(DATABASE, new AtomicInteger(1));
    broker = registry.gauge(BROKER, new AtomicInteger(0));
    delayed = registry.counter(DELAYED);
    workersDead = registry.counter(WORKERS_DEAD);
    paused = registry.gauge(PAUSED, new AtomicInteger());
    queues = registry.gauge(QUEUES, new AtomicInteger());
    setAside = registry.counter(SET_ASIDE);
  }

  @Override
  public void on(WorkerEvent event) {
    switch (event) {
      case BatchTaken e -> {
        messages.increment(e.deliveries());
        batch.record(e.deliveries());
      }
      case MessageRefused e -> refused(e.reason()).increment();
      case DuplicateRecognised _ -> duplicates.increment();
      case DeliveryHeld _ -> held.increment();
      case OthersGoFirst e ->
          beyondShare.computeIfAbsent(e.type(), this::beyondShareOf).increment();
      case JobTakenOver _ -> takenOver.increment();
      case JobEnded e -> ended(e);
      case AttemptFailed e -> failed.computeIfAbsent(e.type(), this::failedOf).increment();
      case HandlerInterrupted _ -> interrupted.increment();
      case HandlerGivenUp e -> givenUp.set(e.lost());
      case SuspectRunsAlone _ -> suspects.increment();
      case AcknowledgedEarly e -> early.increment(e.jobs());
      case CommitFenced _ -> fenced.increment();
      case GroupSettled e -> {
        group.record(e.jobs());
        settle.record(e.took());
      }
      case DatabaseLost _ -> database.set(0);
      case DatabaseBack _ -> database.set(1);
      case BrokerLost _ -> broker.set(0);
      case BrokerConnected _ -> broker.set(1);
      case AnnouncementDelayed e -> delayed.increment(e.outcomes());
      case WorkerDeclaredDead _ -> workersDead.increment();
      case CallEnded e -> calls.computeIfAbsent(Called.of(e), this::timerOf).record(e.took());
      case JobParked e -> counter(PARKED, e.dependency()).increment();
      case CircuitOpened e -> counter(OPENED, e.dependency()).increment();
      case CircuitClosed e -> counter(CLOSED, e.dependency()).increment();
      case DependencyRests e -> counter(RESTS, e.dependency()).increment();
      case EndpointDisabled e ->
          registry.counter(ENDPOINTS, "reason", e.reason().name()).increment();
      case TypesPaused e -> paused.set(e.types().size());
      case QueuesPaused e -> queues.set(e.paused().types().size() + e.paused().lanes().size());
      case JobSetAside _ -> setAside.increment();
      case WorkerStarted _, WorkerEnded _, ProcessEnding _, LimitsLost _, LimitsBack _ -> {}
    }
  }

  private Counter refused(Refusal reason) {
    return Objects.requireNonNull(refused.get(reason), "every reason has a counter");
  }

  private void ended(JobEnded event) {
    EndedMeters meters =
        ended.computeIfAbsent(new Ended(event.type(), event.state()), this::metersOf);
    meters.ended().increment();
    meters.run().record(event.run());
    meters.latency().record(event.sinceArrival());
  }

  private EndedMeters metersOf(Ended key) {
    String type = key.type().name();
    return new EndedMeters(
        registry.counter(ENDED, "type", type, "state", key.state().name()),
        timer(RUN, Tags.of("type", type)),
        timer(LATENCY, Tags.of("type", type)));
  }

  private Counter failedOf(JobType type) {
    return registry.counter(FAILED, "type", type.name());
  }

  private Counter beyondShareOf(JobType type) {
    return registry.counter(OTHERS_FIRST, "type", type.name());
  }

  /** By its name alone, for there may be any number of parts. */
  private Counter counter(String name, DependencyKey dependency) {
    return registry.counter(name, DEPENDENCY, dependency.name());
  }

  private Timer timerOf(Called key) {
    return timer(CALLS, Tags.of(DEPENDENCY, key.dependency(), "result", key.result().name()));
  }

  private Timer timer(String name, Tags tags) {
    return Timer.builder(name)
        .tags(tags)
        .serviceLevelObjectives(
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1))
        .register(registry);
  }
}
