package io.millrace.worker.execution;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Lines that take turns: from each that is not empty one is taken, then from the next. Within a
 * line first come is first served. For one thread at a time.
 *
 * @param <T> what waits
 */
final class Turns<T> {

  private record Line<T>(String name, Queue<T> elements) {}

  private final Map<String, Line<T>> lines = new HashMap<>();
  private final Queue<Line<T>> order = new ArrayDeque<>();

  /** The line that was emptied last, which mostly is the one that is needed next. */
  private Line<T> spare = new Line<>("", new ArrayDeque<>());

  void add(String name, T element) {
    Line<T> line = lines.get(name);
    if (line == null) {
      line = spare.name().equals(name) ? spare : new Line<>(name, new ArrayDeque<>());
      lines.put(name, line);
      order.add(line);
    }
    line.elements().add(element);
  }

  /** Takes the first of the line whose turn it is; null if nothing waits. */
  @Nullable T poll() {
    Line<T> line = order.poll();
    if (line == null) {
      return null;
    }
    T element = line.elements().remove();
    if (line.elements().isEmpty()) {
      lines.remove(line.name());
      spare = line;
    } else {
      order.add(line);
    }
    return element;
  }
}
