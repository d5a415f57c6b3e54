package io.millrace.standalone.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many jobs end a second, over the last two seconds. */
final class Pace {

  private static final Duration WINDOW = Duration.ofSeconds(2);

  private final Deque<Mark> marks = new ArrayDeque<>();

  private record Mark(Duration elapsed, int done) {}

  /** Notes how many have ended so far, and answers the pace. */
  double mark(Duration elapsed, int done) {
    marks.add(new Mark(elapsed, done));
    while (marks.size() > 2 && elapsed.minus(marks.getFirst().elapsed()).compareTo(WINDOW) > 0) {
      marks.removeFirst();
    }
    Mark first = marks.getFirst();
    double seconds = elapsed.minus(first.elapsed()).toNanos() / 1e9;
    return seconds <= 0 ? 0 : (done - first.done()) / seconds;
  }
}
