package io.millrace.worker.webhook;

import io.millrace.core.webhook.DisabledReason;
import io.millrace.core.webhook.Endpoint;
import io.millrace.core.webhook.EndpointId;
import io.millrace.core.webhook.EndpointStore;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * How endpoints do, from the first failure after a success to the day on which one is given up. A
 * row is written when that changes, and not with each call. Whatever cannot be written is found out
 * again by a later call. Safe for use by many threads.
 */
final class ReceiverHealth {

  /** How exact the time of the last success is. */
  private static final Duration SELDOM = Duration.ofHours(1);

  private final EndpointStore store;
  private final Duration disableAfter;
  private final InstantSource clock;
  private final WorkerEvents events;

  // Guarded by this.
  private final Map<EndpointId, Note> notes = new HashMap<>();

  /**
   * What is known of an endpoint.
   *
   * @param failingSince as its row says, or as this worker has written
   * @param successAt this worker's last success
   * @param writtenAt the last success that its row knows of
   */
  private record Note(
      @Nullable Instant failingSince, @Nullable Instant successAt, @Nullable Instant writtenAt) {

    static final Note NONE = new Note(null, null, null);

    boolean isWorthWriting(Instant now) {
      return failingSince != null || writtenAt == null || writtenAt.plus(SELDOM).isBefore(now);
    }
  }

  /**
   * @param disableAfter how long an endpoint may fail without a success
   */
  ReceiverHealth(
      EndpointStore store, Duration disableAfter, InstantSource clock, WorkerEvents events) {
    this.store = store;
    this.disableAfter = disableAfter;
    this.clock = clock;
    this.events = events;
  }

  /** Takes note of what the rows say now, of all endpoints. */
  void seen(Collection<Endpoint> endpoints) {
    Map<EndpointId, Instant> succeededSince = new HashMap<>();
    synchronized (this) {
      notes.keySet().retainAll(endpoints.stream().map(Endpoint::id).collect(Collectors.toSet()));
      for (Endpoint endpoint : endpoints) {
        Endpoint.Standing row = endpoint.standing();
        Instant success = noteOf(endpoint.id()).successAt();
        notes.put(endpoint.id(), new Note(row.failingSince(), success, row.lastSuccessAt()));
        if (row.failingSince() != null && success != null && success.isAfter(row.failingSince())) {
          succeededSince.put(endpoint.id(), success);
        }
      }
    }
    // Another worker has noted a failure that was over already, by a success of ours.
    succeededSince.forEach(store::succeeded);
  }

  /** The endpoint has taken a webhook. */
  void succeeded(EndpointId id) {
    Instant now = clock.instant();
    Note before;
    synchronized (this) {
      before = noteOf(id);
      boolean writes = before.isWorthWriting(now);
      notes.put(id, new Note(null, now, writes ? now : before.writtenAt()));
      if (!writes) {
        return;
      }
    }
    try {
      store.succeeded(id, now);
    } catch (DataAccessException _) {
      remember(id, new Note(before.failingSince(), now, before.writtenAt()));
    }
  }

  /** The endpoint has not taken a webhook; it may have been the last time. */
  void failed(EndpointId id) {
    Instant now = clock.instant();
    Note before;
    synchronized (this) {
      before = noteOf(id);
      if (before.failingSince() == null) {
        notes.put(id, new Note(now, before.successAt(), before.writtenAt()));
      }
    }
    try {
      if (before.failingSince() == null) {
        store.failed(id, now);
        return;
      }
      Instant limit = now.minus(disableAfter);
      if (!before.failingSince().isAfter(limit) && store.disableIfFailingSince(id, limit, now)) {
        events.emit(new WorkerEvent.EndpointDisabled(id, DisabledReason.FAILING));
      }
    } catch (DataAccessException _) {
      remember(id, before);
    }
  }

  /**
   * The endpoint wants no webhooks any more.
   *
   * @throws DataAccessException if that could not be written
   */
  void gone(EndpointId id) {
    if (store.disable(id, DisabledReason.GONE, clock.instant())) {
      events.emit(new WorkerEvent.EndpointDisabled(id, DisabledReason.GONE));
    }
  }

  private synchronized void remember(EndpointId id, Note note) {
    notes.put(id, note);
  }

  private Note noteOf(EndpointId id) {
    return notes.getOrDefault(id, Note.NONE);
  }
}
