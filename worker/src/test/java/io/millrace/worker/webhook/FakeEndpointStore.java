package io.millrace.worker.webhook;

import io.millrace.core.webhook.DisabledReason;
import io.millrace.core.webhook.Endpoint;
import io.millrace.core.webhook.Endpoint.Standing;
import io.millrace.core.webhook.EndpointId;
import io.millrace.core.webhook.EndpointKey;
import io.millrace.core.webhook.EndpointStore;
import io.millrace.core.webhook.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;

/** Endpoints in memory, that count how often health is written, and may be away. */
final class FakeEndpointStore implements EndpointStore {

  final Map<EndpointId, Endpoint> rows = new TreeMap<>();
  int healthWrites;
  boolean away;

  @Override
  public void lockConfiguration() {}

  @Override
  public List<Endpoint> all() {
    answer();
    return List.copyOf(rows.values());
  }

  @Override
  public Optional<Endpoint> find(EndpointId id) {
    answer();
    return Optional.ofNullable(rows.get(id));
  }

  @Override
  public List<Endpoint> ofTenant(String tenant, @Nullable String after, int most) {
    return rows.values().stream()
        .filter(each -> each.id().tenant().equals(tenant))
        .filter(each -> after == null || each.id().id().compareTo(after) > 0)
        .limit(most)
        .toList();
  }

  @Override
  public boolean create(
      EndpointId id, Subscription subscription, Endpoint.Origin origin, Instant now) {
    return rows.putIfAbsent(id, new Endpoint(id, subscription, origin, Standing.NEW, List.of()))
        == null;
  }

  @Override
  public boolean change(EndpointId id, Subscription subscription, Instant now) {
    return update(
        id, each -> new Endpoint(id, subscription, each.origin(), each.standing(), each.keys()));
  }

  @Override
  public boolean delete(EndpointId id) {
    return rows.remove(id) != null;
  }

  @Override
  public void addKey(EndpointId id, EndpointKey key, Instant now) {
    update(
        id,
        each -> {
          List<EndpointKey> keys = new ArrayList<>(each.keys());
          keys.removeIf(other -> other.id().equals(key.id()));
          keys.add(key);
          return withKeys(each, keys);
        });
  }

  @Override
  public boolean retireKey(EndpointId id, String keyId) {
    return update(
        id,
        each ->
            withKeys(each, each.keys().stream().filter(key -> !key.id().equals(keyId)).toList()));
  }

  private static Endpoint withKeys(Endpoint endpoint, List<EndpointKey> keys) {
    return new Endpoint(
        endpoint.id(), endpoint.subscription(), endpoint.origin(), endpoint.standing(), keys);
  }

  @Override
  public boolean enable(EndpointId id, Instant now) {
    return standing(id, _ -> Standing.NEW);
  }

  @Override
  public boolean disable(EndpointId id, DisabledReason reason, Instant now) {
    answer();
    return standing(
        id,
        before ->
            before.disabled() != null
                ? before
                : new Standing(reason, now, before.failingSince(), before.lastSuccessAt()));
  }

  @Override
  public boolean disableIfFailingSince(EndpointId id, Instant since, Instant now) {
    answer();
    return standing(
        id,
        before ->
            before.disabled() != null
                    || before.failingSince() == null
                    || before.failingSince().isAfter(since)
                ? before
                : new Standing(
                    DisabledReason.FAILING, now, before.failingSince(), before.lastSuccessAt()));
  }

  @Override
  public void failed(EndpointId id, Instant at) {
    answer();
    healthWrites++;
    standing(
        id,
        before ->
            before.failingSince() != null
                ? before
                : new Standing(null, null, at, before.lastSuccessAt()));
  }

  @Override
  public void succeeded(EndpointId id, Instant at) {
    answer();
    healthWrites++;
    standing(
        id,
        before ->
            before.failingSince() != null && before.failingSince().isAfter(at)
                ? before
                : new Standing(null, null, null, at));
  }

  private void answer() {
    if (away) {
      throw new QueryTimeoutException("the database is away");
    }
  }

  private boolean standing(EndpointId id, UnaryOperator<Standing> change) {
    return update(
        id,
        each ->
            new Endpoint(
                id,
                each.subscription(),
                each.origin(),
                change.apply(each.standing()),
                each.keys()));
  }

  private boolean update(EndpointId id, UnaryOperator<Endpoint> change) {
    Endpoint before = rows.get(id);
    if (before == null) {
      return false;
    }
    Endpoint after = change.apply(before);
    rows.put(id, after);
    return !after.equals(before);
  }
}
