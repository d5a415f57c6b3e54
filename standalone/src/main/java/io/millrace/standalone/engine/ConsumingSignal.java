package io.millrace.standalone.engine;

import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEventListener;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells when the worker consumes messages for the first time, and why it does not yet. */
final class ConsumingSignal implements WorkerEventListener {

  private final CountDownLatch consuming = new CountDownLatch(1);
  private volatile String obstacle = "the worker does not say why";

  @Override
  public void on(WorkerEvent event) {
    if (event instanceof WorkerEvent.BrokerConnected) {
      consuming.countDown();
    } else if (event instanceof WorkerEvent.BrokerLost lost) {
      obstacle = lost.reason();
    } else if (event instanceof WorkerEvent.DatabaseLost lost) {
      obstacle = lost.reason();
    }
  }

  /** Answers whether messages are consumed, after at most {@code patience}. */
  boolean await(Duration patience) throws InterruptedException {
    return consuming.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  String obstacle() {
    return obstacle;
  }
}
