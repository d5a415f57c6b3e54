package io.millrace.simulation.world;

import io.millrace.client.contract.JobId;
import io.millrace.core.broker.DispatchMessage;
import io.millrace.core.broker.QueueNames;
import io.millrace.core.job.Job;
import io.millrace.core.job.JobState;
import io.millrace.core.job.Recovery;
import io.millrace.core.job.Standing;
import io.millrace.core.job.WaitReason;
import io.millrace.simulation.broker.Broker;
import io.millrace.simulation.broker.Message;
import io.millrace.simulation.database.Database;
import io.millrace.simulation.database.Row;
import io.millrace.simulation.database.Watcher;
import io.millrace.simulation.kernel.Kernel;
import io.millrace.simulation.kernel.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Knows what must always be so, and looks at every commit and every acknowledgement. What must be
 * so in the end, {@link #unfinished} and {@link #judge} say.
 */
final class Referee implements Watcher {

  private final World world;
  private final Kernel kernel;
  private final Map<JobId, Plan> plans = new TreeMap<>();
  private final Map<JobId, Integer> successes = new HashMap<>();
  private final Map<JobId, Integer> effects = new HashMap<>();
  private final Set<String> ends = new HashSet<>();
  private final Set<JobId> mayBeCancelled = new HashSet<>();

  Referee(World world, List<Plan> plans) {
    this.world = world;
    this.kernel = world.kernel();
    plans.forEach(plan -> this.plans.put(plan.id(), plan));
  }

  /** An operator has asked for it. */
  void mayBeCancelled(JobId id) {
    mayBeCancelled.add(id);
  }

  // --- at every commit

  @Override
  public void committed(Node by, @Nullable Row before, Row after) {
    Standing now = after.job().standing();
    if (before == null) {
      // A first attempt that fails before it is recorded is written as it waits for the second.
      int first = now.state() == JobState.WAITING && now.waitReason() == WaitReason.RETRY ? 2 : 1;
      require(now.attempt() == first, "%s begins as %s", after.job().id(), now);
    } else if (!before.job().standing().equals(now)) {
      checkTransition(by, before, after);
    }
    if (now.state() == JobState.QUEUED) {
      require(
          world.broker().hasWord(after.job()),
          "%s is queued at attempt %d, and its word is not in the broker",
          after.job().id(),
          now.attempt());
    }
    checkResult(before, after);
    boolean changed = before == null || !before.job().standing().equals(now);
    if (changed && now.state().isFinal()) {
      checkEnd(before, after);
    }
  }

  private void checkResult(@Nullable Row before, Row after) {
    JobId id = after.job().id();
    Job.Ending ending = after.job().ending();
    boolean dropped = ending.resultDroppedAt() != null;
    boolean succeeded = after.job().standing().state() == JobState.SUCCEEDED;
    require(
        succeeded == (ending.result() != null || dropped) && !(dropped && ending.result() != null),
        "%s has a result that it must not have, or none: %s",
        id,
        after);
    boolean justNow = before != null && before.job().ending().result() != null;
    require(
        !(dropped && justNow && after.announceDue()),
        "the result of %s is dropped, and is still to be told",
        id);
  }

  private void checkTransition(Node by, Row before, Row after) {
    JobId id = after.job().id();
    Standing from = before.job().standing();
    Standing to = after.job().standing();
    kernel.note(() -> "commits %s: %s -> %s".formatted(id, from, to));
    require(
        to.attempt() >= from.attempt(), "the attempts of %s go back: from %s to %s", id, from, to);
    if (from.state().isFinal()) {
      boolean replayed =
          by == world.operator()
              && to.state() == JobState.WAITING
              && to.waitReason() == WaitReason.SCHEDULED;
      require(replayed, "%s had ended: from %s to %s by %s", id, from, to, by.name());
    }
  }

  private void checkEnd(@Nullable Row before, Row after) {
    JobId id = after.job().id();
    Standing now = after.job().standing();
    require(ends.add(eventId(after)), "%s ends twice with the same number: %s", id, now);
    if (now.state() == JobState.SUCCEEDED) {
      successes.merge(id, 1, Integer::sum);
    }
    if (before != null && Recovery.CRASHED_WORKER.kind().equals(kindOf(after))) {
      UUID owner = Objects.requireNonNull(before.job().standing().owner(), "it was running");
      Set<JobId> atWork = world.atWork(owner);
      require(
          atWork.isEmpty() || atWork.equals(Set.of(id)),
          "%s is convicted, and its worker was running %s",
          id,
          atWork);
    }
  }

  private static @Nullable String kindOf(Row row) {
    return Optional.ofNullable(row.job().ending().failure()).map(why -> why.kind()).orElse(null);
  }

  @Override
  public void effect(JobId job) {
    effects.merge(job, 1, Integer::sum);
  }

  @Override
  public void settled() {
    effects.forEach(
        (id, count) ->
            require(
                count <= successes.getOrDefault(id, 0),
                "%s had its effect %d times and succeeded %d times",
                id,
                count,
                successes.getOrDefault(id, 0)));
    Map<String, Integer> places = new HashMap<>();
    for (Row row : world.database().rows()) {
      String key = row.job().order().options().concurrencyKey();
      JobState state = row.job().standing().state();
      if (key != null && (state == JobState.QUEUED || state == JobState.RUNNING)) {
        int taken = places.merge(key, 1, Integer::sum);
        require(
            taken <= Handlers.LIMIT,
            "%d jobs of the key %s at a time, where %d may be",
            taken,
            key,
            Handlers.LIMIT);
      }
    }
  }

  // --- at every acknowledgement

  /** The broker is about to forget a message: everything that it stood for must be durable. */
  void acknowledged(Node by, Message message) {
    if (QueueNames.isDispatch(message.queue())) {
      DispatchMessage.read(message.content().body()).ifPresent(word -> checkWord(by, word));
      return;
    }
    JobId id = JobId.of("default", message.content().properties().getMessageId());
    Row row = world.database().committed(id);
    if (row == null) {
      fail("%s acknowledges the message of %s, which has no row", by.name(), id);
      return;
    }
    checkAcknowledged(by, row);
  }

  private void checkWord(Node by, DispatchMessage word) {
    Row row = world.database().committed(word.job());
    if (row == null || row.job().standing().attempt() != word.attempt()) {
      return;
    }
    require(
        row.job().standing().state() != JobState.QUEUED || world.broker().isAbout(row.job()),
        "%s acknowledges the last word of %s, which nobody has begun",
        by.name(),
        word);
    checkAcknowledged(by, row);
  }

  /** While it runs, something must be left that makes sure that its end is told. */
  private void checkAcknowledged(Node by, Row row) {
    JobState state = row.job().standing().state();
    if (state == JobState.RUNNING) {
      require(
          row.announceDue() || world.broker().isAbout(row.job()),
          "%s acknowledges the last message of %s, which runs, and nobody is to announce its end",
          by.name(),
          row.job().id());
    } else if (state.isFinal()) {
      requireTold(by, row);
    }
  }

  private void requireTold(Node by, Row row) {
    require(
        row.announceDue() || world.broker().hasTold(eventId(row)),
        "%s acknowledges the message of %s, whose end nobody was told nor will be",
        by.name(),
        row.job().id());
  }

  // --- in the end

  /** What is not as it is to be in the end, and may still become so; empty if all is. */
  List<String> unfinished(Collection<JobId> confirmed) {
    Database database = world.database();
    Broker broker = world.broker();
    List<String> open = new ArrayList<>();
    for (JobId id : confirmed) {
      Row row = database.committed(id);
      if (row == null) {
        open.add(id + " was confirmed to its publisher and has no row");
      }
    }
    for (Row row : database.rows()) {
      JobId id = row.job().id();
      if (!row.job().standing().state().isFinal()) {
        open.add(id + " has not ended: " + row);
      } else if (row.announceDue()) {
        open.add(id + " has an end that is to be announced");
      } else if (!broker.hasTold(eventId(row))) {
        open.add(id + " has an end that nobody was told: " + eventId(row));
      }
    }
    if (broker.depth() > 0) {
      open.add(broker.depth() + " messages are in the broker");
    }
    return open;
  }

  /** Looks whether every job has ended as it had to. */
  void judge() {
    require(world.database().quarantined() == 0, "good messages are in quarantine");
    for (Row row : world.database().rows()) {
      judge(row, Objects.requireNonNull(plans.get(row.job().id()), "nobody asked for " + row));
    }
  }

  private void judge(Row row, Plan plan) {
    JobId id = plan.id();
    if (plan.type().name().equals(Handlers.LEDGER)) {
      require(
          Objects.equals(effects.getOrDefault(id, 0), successes.getOrDefault(id, 0)),
          "%s succeeded %d times and had its effect %d times",
          id,
          successes.getOrDefault(id, 0),
          effects.getOrDefault(id, 0));
    }
    boolean plausible =
        switch (row.job().standing().state()) {
          case SUCCEEDED -> !plan.input().permanent() && !plan.input().kills();
          case FAILED -> isRightFailure(row, plan);
          case CANCELLED ->
              mayBeCancelled.contains(id)
                  || plan.uniqueKey() != null && row.job().ending().duplicateOf() != null;
          case EXPIRED -> plan.patience() != null;
          case WAITING, QUEUED, RUNNING -> false;
        };
    require(plausible, "%s has ended as it must not have: %s, %s", id, row, plan);
  }

  private static boolean isRightFailure(Row row, Plan plan) {
    return Recovery.CRASHED_WORKER.kind().equals(kindOf(row)) // checked when it was convicted
        || plan.input().permanent()
        || plan.input().failures() >= 4;
  }

  private static String eventId(Row row) {
    Standing standing = row.job().standing();
    return "%s/%d/%s"
        .formatted(
            row.job().id(), standing.attempt(), standing.state().name().toLowerCase(Locale.ROOT));
  }

  private void require(boolean holds, String otherwise, @Nullable Object... details) {
    if (!holds) {
      fail(otherwise, details);
    }
  }

  private void fail(String what, @Nullable Object... details) {
    kernel.fail(new Violation(what.formatted(details)));
  }
}
