package io.millrace.admin.events;

import io.millrace.admin.events.Watchable.Standing;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells watchers how what they watch stands, until it has ended. All who watch the same kind of
 * things cost one statement a second, however many they are, and no thread each. Thread-safe.
 */
public final class EventStreams implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration COME_BACK = Duration.ofSeconds(10);

  /** Before the server waits for its requests to end, which these would not do by themselves. */
  private static final int BEFORE_THE_SERVER = SmartLifecycle.DEFAULT_PHASE - 512;

  private final EventsProperties properties;
  private final Alarm alarm;
  private final LongSupplier nanoTime;
  private final Lock oneAtATime = new ReentrantLock();

  private final Map<Watchable, Map<UUID, Set<Watcher>>> watched = new HashMap<>();
  private int count;
  private boolean running;
  private @Nullable Thread poller;

  /** Waits for news. For one thread at a time. */
  interface Alarm {

    /** Returns when there may be news, and after {@code patience} in any case. */
    void await(Duration patience) throws InterruptedException;

    /** Lets go of what it waits with, as nobody watches any more. */
    void rest();
  }

  EventStreams(EventsProperties properties, Alarm alarm, LongSupplier nanoTime) {
    this.properties = properties;
    this.alarm = alarm;
    this.nanoTime = nanoTime;
  }

  /**
   * A stream of how {@code id} stands: at once, and whenever that changes. It ends when that has
   * ended, and after the configured lifetime. Events have numbers, but nothing is missed by whoever
   * comes without one: each event is the whole.
   *
   * @param id of something that the caller may see
   * @throws ApiProblem if there are too many watchers
   */
  public SseEmitter watch(Watchable kind, UUID id) {
    Map<UUID, Standing> now = kind.look(List.of(id));
    Watcher watcher =
        new Watcher(new SseEmitter(properties.lifetime().toMillis()), nanoTime.getAsLong());
    SseEmitter emitter = watcher.emitter();
    emitter.onCompletion(() -> forget(kind, id, watcher));
    emitter.onTimeout(emitter::complete);
    add(kind, id, watcher);
    tell(kind, now, id, watcher);
    return emitter;
  }

  private synchronized void add(Watchable kind, UUID id, Watcher watcher) {
    if (count >= properties.watchers() || !running) {
      throw new ApiProblem(
              ProblemType.OVERLOADED,
              "there are %d who watch, and no room for more".formatted(count))
          .retryAfter(COME_BACK);
    }
    if (watched
        .computeIfAbsent(kind, _ -> new HashMap<>())
        .computeIfAbsent(id, _ -> ConcurrentHashMap.newKeySet())
        .add(watcher)) {
      count++;
    }
    if (poller == null) {
      poller = Thread.ofVirtual().name("event-streams").start(this::poll);
    }
  }

  private synchronized void forget(Watchable kind, UUID id, Watcher watcher) {
    Map<UUID, Set<Watcher>> ofKind = watched.getOrDefault(kind, Map.of());
    Set<Watcher> ofOne = ofKind.getOrDefault(id, Set.of());
    if (!ofOne.remove(watcher)) {
      return;
    }
    count--;
    if (ofOne.isEmpty()) {
      ofKind.remove(id);
    }
    if (ofKind.isEmpty()) {
      watched.remove(kind);
    }
  }

  private void poll() {
    // The one before may not have let go of the alarm yet.
    oneAtATime.lock();
    try {
      while (isNeeded()) {
        alarm.await(PAUSE);
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      alarm.rest();
      oneAtATime.unlock();
    }
  }

  private synchronized boolean isNeeded() {
    if (running && count > 0) {
      return true;
    }
    poller = null;
    return false;
  }

  /** Looks at everything that is watched, and tells what is news. */
  void look() {
    for (Map.Entry<Watchable, Map<UUID, List<Watcher>>> each : snapshot().entrySet()) {
      try {
        Map<UUID, Standing> found = each.getKey().look(each.getValue().keySet());
        each.getValue()
            .forEach(
                (id, watchers) ->
                    watchers.forEach(watcher -> tell(each.getKey(), found, id, watcher)));
      } catch (RuntimeException e) {
        LOG.atWarn().setCause(e).log("what is watched cannot be looked at; trying again");
      }
      beat(each.getValue());
    }
  }

  /** An emitter that is done before its request is being answered tells nobody that it is. */
  private void tell(Watchable kind, Map<UUID, Standing> found, UUID id, Watcher watcher) {
    Standing standing = found.get(id);
    if (standing == null) {
      watcher.end(); // it was removed
      forget(kind, id, watcher);
    } else if (watcher.tell(standing, nanoTime.getAsLong())) {
      forget(kind, id, watcher);
    }
  }

  private void beat(Map<UUID, List<Watcher>> watchers) {
    long now = nanoTime.getAsLong();
    long before = now - properties.heartbeat().toNanos();
    watchers.values().forEach(each -> each.forEach(watcher -> watcher.beat(before, now)));
  }

  private synchronized Map<Watchable, Map<UUID, List<Watcher>>> snapshot() {
    Map<Watchable, Map<UUID, List<Watcher>>> copy = new HashMap<>();
    watched.forEach(
        (kind, ids) -> {
          Map<UUID, List<Watcher>> ofKind = new HashMap<>();
          ids.forEach((id, watchers) -> ofKind.put(id, new ArrayList<>(watchers)));
          copy.put(kind, ofKind);
        });
    return copy;
  }

  /** How many watch at the moment. */
  synchronized int watchers() {
    return count;
  }

  @Override
  public synchronized void start() {
    running = true;
  }

  @Override
  public void stop() {
    synchronized (this) {
      running = false;
    }
    snapshot().values().stream()
        .flatMap(ids -> ids.values().stream())
        .flatMap(List::stream)
        .forEach(Watcher::end);
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return BEFORE_THE_SERVER;
  }
}
