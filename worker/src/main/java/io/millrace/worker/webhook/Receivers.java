package io.millrace.worker.webhook;

import io.millrace.core.BackgroundWork;
import io.millrace.core.secret.SecretException;
import io.millrace.core.webhook.Endpoint;
import io.millrace.core.webhook.EndpointId;
import io.millrace.core.webhook.EndpointKey;
import io.millrace.core.webhook.EndpointStore;
import io.millrace.core.webhook.KeyRing;
import io.millrace.core.webhook.SigningKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DataAccessException;

/**
 * The endpoints of all tenants, in memory, so that nobody waits for the database to learn what a
 * webhook depends upon. It looks every two seconds for what has changed. Safe for use by many
 * threads.
 */
final class Receivers extends BackgroundWork {

  private static final Duration LOOK = Duration.ofSeconds(2);

  private final EndpointStore store;
  private final KeyRing keys;
  private final ReceiverHealth health;
  private volatile Map<EndpointId, Receiver> known = new ConcurrentHashMap<>();

  Receivers(EndpointStore store, KeyRing keys, ReceiverHealth health) {
    super("millrace-endpoints");
    this.store = store;
    this.keys = keys;
    this.health = health;
  }

  /** An endpoint as it was at the last look. Never waits. */
  Optional<Receiver> find(EndpointId id) {
    return Optional.ofNullable(known.get(id));
  }

  /** An endpoint as it is now, by the database. */
  Optional<Receiver> lookUp(EndpointId id) {
    Optional<Receiver> found = store.find(id).map(this::receiver);
    found.ifPresent(receiver -> known.put(id, receiver));
    return found;
  }

  /** Looks for what has changed. */
  void look() {
    List<Endpoint> endpoints = store.all();
    Map<EndpointId, Receiver> all = new HashMap<>();
    endpoints.forEach(endpoint -> all.put(endpoint.id(), receiver(endpoint)));
    known = new ConcurrentHashMap<>(all);
    health.seen(endpoints);
  }

  private Receiver receiver(Endpoint endpoint) {
    Receiver before = known.get(endpoint.id());
    if (before != null
        && before.problem() == null
        && before.endpoint().keys().equals(endpoint.keys())) {
      return new Receiver(endpoint, before.keys(), null);
    }
    List<SigningKey> opened = new ArrayList<>();
    try {
      for (EndpointKey key : endpoint.keys()) {
        opened.add(keys.open(endpoint.id(), key));
      }
      return new Receiver(endpoint, opened, null);
    } catch (SecretException e) {
      return new Receiver(endpoint, List.of(), String.valueOf(e.getMessage()));
    }
  }

  /** The first look is made before anything is called. */
  @Override
  public void start() {
    lookIfPossible();
    super.start();
  }

  @Override
  protected synchronized void wake() {
    notifyAll();
  }

  @Override
  protected void work() throws InterruptedException {
    while (rest()) {
      lookIfPossible();
    }
  }

  private synchronized boolean rest() throws InterruptedException {
    if (!isStopping()) {
      wait(LOOK.toMillis());
    }
    return !isStopping();
  }

  private void lookIfPossible() {
    try {
      look();
    } catch (DataAccessException _) {
      // What was known last still holds; the next look is soon.
    }
  }
}
