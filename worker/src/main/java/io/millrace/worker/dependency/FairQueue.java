package io.millrace.worker.dependency;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What waits, tenant by tenant: each is served in turn, and each in the order of arrival. For one
 * thread at a time.
 *
 * @param <T> what waits
 */
final class FairQueue<T> {

  private final Map<String, Deque<T>> tenants =
      new LinkedHashMap<>(); // in the order of their turns
  private int size;

  void add(String tenant, T element) {
    tenants.computeIfAbsent(tenant, _ -> new ArrayDeque<>()).addLast(element);
    size++;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** Takes the first of the tenant whose turn it is; its next turn comes after all others'. */
  Optional<T> poll() {
    if (size == 0) {
      return Optional.empty();
    }
    Map.Entry<String, Deque<T>> turn = tenants.entrySet().iterator().next();
    Deque<T> own = turn.getValue();
    tenants.remove(turn.getKey());
    T first = own.removeFirst();
    if (!own.isEmpty()) {
      tenants.put(turn.getKey(), own);
    }
    size--;
    return Optional.of(first);
  }

  /** Takes the last of the tenant that has most. */
  Optional<T> pollSurplus() {
    Optional<Map.Entry<String, Deque<T>>> largest =
        tenants.entrySet().stream().max(Comparator.comparingInt(entry -> entry.getValue().size()));
    return largest.map(
        entry -> {
          T last = entry.getValue().removeLast();
          if (entry.getValue().isEmpty()) {
            tenants.remove(entry.getKey());
          }
          size--;
          return last;
        });
  }
}
