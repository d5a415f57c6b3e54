package io.millrace.scheduler.batch;

import io.millrace.testing.PrivateProcess;
import io.millrace.testing.TestDatabase;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A scheduler's batches in a process of its own, to be killed. */
final class BatchProcess {

  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private BatchProcess() {}

  /** Starts one, and returns when it is looking for work. */
  static PrivateProcess start(TestDatabase database, String... options) {
    return PrivateProcess.running(BatchProcess.class)
        .options("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
        .options(options)
        .arguments(database.jdbcUrl(), database.user(), database.password())
        .start();
  }

  public static void main(String[] arguments) throws InterruptedException {
    long fatal = Long.getLong("fatal", -1);
    BatchNode.start(
        arguments[0],
        arguments[1],
        arguments[2],
        source ->
            CountingBatch.job(
                source,
                50,
                number -> {
                  if (number == fatal) {
                    Runtime.getRuntime().halt(13);
                  }
                  if (number % 50 == 25) { // 1,000 numbers a second and thread at most
                    NEVER.await(50, TimeUnit.MILLISECONDS);
                  }
                  return number;
                }),
        "--millrace.batch.restarts=" + Integer.getInteger("restarts", 100));
    NEVER.await();
  }
}
