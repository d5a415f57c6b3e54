package io.millrace.chaos;

import io.millrace.chaos.load.Listening;
import io.millrace.chaos.load.Publishing;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Says every ten seconds how far it is, until it is closed. */
final class Progress implements AutoCloseable {

  private static final long SECONDS = 10;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Publishing publishing;
  private final Listening listening;
  private final Consumer<String> log;

  Progress(Publishing publishing, Listening listening, Consumer<String> log) {
    this.publishing = publishing;
    this.listening = listening;
    this.log = log;
    Thread.ofVirtual().start(this::run);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      while (!closed.await(SECONDS, TimeUnit.SECONDS)) {
        log.accept(
            "published %,d, confirmed %,d, outcomes %,d"
                .formatted(publishing.published(), publishing.confirmed(), listening.count()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
