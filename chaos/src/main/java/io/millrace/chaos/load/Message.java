package io.millrace.chaos.load;

import io.millrace.chaos.work.JobKind;
import io.millrace.chaos.work.Sum;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A message of a run, and how its copies fared. Thread-safe. */
final class Message {

  private final String id;
  private final JobKind kind;
  private final Sum sum;
  private final @Nullable Instant notBefore;
  private final AtomicInteger copies = new AtomicInteger();
  private final AtomicInteger confirmed = new AtomicInteger();

  Message(String id, JobKind kind, Sum sum, @Nullable Instant notBefore) {
    this.id = id;
    this.kind = kind;
    this.sum = sum;
    this.notBefore = notBefore == null ? null : notBefore.truncatedTo(ChronoUnit.MICROS);
  }

  String id() {
    return id;
  }

  String type() {
    return kind.type();
  }

  @Nullable Instant notBefore() {
    return notBefore;
  }

  Object payload() {
    return kind == JobKind.BROKEN ? Map.of("start", "no number") : sum;
  }

  /** Whether this is the first copy. */
  boolean published() {
    return copies.incrementAndGet() == 1;
  }

  /** Whether this is the first confirmation. */
  boolean confirmed() {
    return confirmed.incrementAndGet() == 1;
  }

  Publication publication() {
    return new Publication(id, kind, sum, notBefore, copies.get(), confirmed.get());
  }
}
