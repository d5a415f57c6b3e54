package io.millrace.admin.events;

import io.millrace.admin.events.Watchable.Standing;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/**
 * Somebody who watches. While something is being sent to them no thread waits for that but its own:
 * what changes meanwhile is sent next, and only the last of it. Thread-safe.
 */
final class Watcher {

  private static final String STATE = "state";
  private static final String END = "end";

  private final SseEmitter emitter;
  private final AtomicReference<@Nullable SseEventBuilder> next = new AtomicReference<>();
  private final AtomicBoolean sending = new AtomicBoolean();

  private @Nullable Object told;
  private boolean ended;
  private long number;
  private volatile long toldAt;

  Watcher(SseEmitter emitter, long now) {
    this.emitter = emitter;
    this.toldAt = now;
  }

  SseEmitter emitter() {
    return emitter;
  }

  /**
   * Tells how it stands, if that is news.
   *
   * @return whether that was the last that there is to tell
   */
  synchronized boolean tell(Standing standing, long now) {
    if (!ended && !standing.view().equals(told)) {
      told = standing.view();
      toldAt = now;
      number++;
      send(
          SseEmitter.event()
              .id(Long.toString(number))
              .name(standing.ended() ? END : STATE)
              .data(standing.view(), MediaType.APPLICATION_JSON));
    }
    if (standing.ended()) {
      end();
    }
    return ended;
  }

  /** Says something, if nothing was said since {@code before}. */
  void beat(long before, long now) {
    if (toldAt - before <= 0) {
      toldAt = now;
      if (next.get() == null) {
        send(SseEmitter.event().comment("still there"));
      }
    }
  }

  /** Ends the stream, once what is to be told has been. */
  synchronized void end() {
    ended = true;
    startSending();
  }

  private void send(SseEventBuilder event) {
    next.set(event);
    startSending();
  }

  private void startSending() {
    if (sending.compareAndSet(false, true)) {
      Thread.ofVirtual().name("event").start(this::sendAll);
    }
  }

  private void sendAll() {
    do {
      try {
        sendNext();
      } finally {
        sending.set(false);
      }
    } while (next.get() != null && sending.compareAndSet(false, true));
    if (isDone()) {
      emitter.complete();
    }
  }

  private synchronized boolean isDone() {
    return ended && next.get() == null;
  }

  private void sendNext() {
    for (SseEventBuilder event = next.getAndSet(null);
        event != null;
        event = next.getAndSet(null)) {
      try {
        emitter.send(event);
      } catch (IOException | IllegalStateException e) {
        // Nobody listens any more; whoever made the stream hears of it and forgets this watcher.
        emitter.completeWithError(e);
        return;
      }
    }
  }
}
