package io.millrace.worker.execution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lines that take turns: from each that is not empty one is taken, then from the next. Within a
 * line first come is first served. For one thread at a time.
 *
 * @param <T> what waits
 */
public final class Turns<T> {

  private record Line<T>(String name, Deque<T> elements) {}

  private final Map<String, Line<T>> lines = new HashMap<>();
  private final Queue<Line<T>> order = new ArrayDeque<>();
  private int size;

  /** The line that was emptied last, which mostly is the one that is needed next. */
  private Line<T> spare = new Line<>("", new ArrayDeque<>());

  /** Adds one behind all others of its line. */
  public void add(String name, T element) {
    Line<T> line = lines.get(name);
    if (line == null) {
      line = spare.name().equals(name) ? spare : new Line<>(name, new ArrayDeque<>());
      lines.put(name, line);
      order.add(line);
    }
    line.elements().addLast(element);
    size++;
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** How many wait, in all lines. */
  public int size() {
    return size;
  }

  /** Takes the first of the line whose turn it is; null if nothing waits. */
  public @Nullable T poll() {
    Line<T> line = order.poll();
    if (line == null) {
      return null;
    }
    T element = line.elements().removeFirst();
    size--;
    if (line.elements().isEmpty()) {
      emptied(line);
    } else {
      order.add(line);
    }
    return element;
  }

  /** Takes all that {@code which} says, in the order of their lines. */
  public List<T> takeAll(Predicate<T> which) {
    List<T> taken = new ArrayList<>();
    for (Line<T> line : List.copyOf(order)) {
      line.elements().removeIf(element -> which.test(element) && taken.add(element));
      if (line.elements().isEmpty()) {
        order.remove(line);
        emptied(line);
      }
    }
    size -= taken.size();
    return taken;
  }

  /** Takes the last of the longest line; null if nothing waits. */
  public @Nullable T pollSurplus() {
    Line<T> line =
        order.stream().max(Comparator.comparingInt(each -> each.elements().size())).orElse(null);
    if (line == null) {
      return null;
    }
    T element = line.elements().removeLast();
    size--;
    if (line.elements().isEmpty()) {
      order.remove(line);
      emptied(line);
    }
    return element;
  }

  private void emptied(Line<T> line) {
    lines.remove(line.name());
    spare = line;
  }
}
