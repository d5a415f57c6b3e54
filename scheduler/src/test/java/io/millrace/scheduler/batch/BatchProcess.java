package io.millrace.scheduler.batch;

import io.millrace.testing.PrivateProcess;
import io.millrace.testing.TestDatabase;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

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
        source -> {
          JdbcClient jdbc = JdbcClient.create(source);
          return CountingBatch.job(
              source,
              50,
              number -> {
                if (number == fatal) {
                  Runtime.getRuntime().halt(13);
                }
                while (number % 50 == 25 && !mayGoOn(jdbc)) {
                  NEVER.await(20, TimeUnit.MILLISECONDS);
                }
                return number;
              });
        },
        "--millrace.batch.restarts=" + Integer.getInteger("restarts", 100));
    NEVER.await();
  }

  /** Lets schedulers count so many numbers, and a few more that they have begun. */
  static void allow(JdbcClient jdbc, long numbers) {
    jdbc.sql("CREATE TABLE IF NOT EXISTS allowed (numbers bigint NOT NULL)").update();
    jdbc.sql("DELETE FROM allowed").update();
    jdbc.sql("INSERT INTO allowed VALUES (?)").param(numbers).update();
  }

  private static boolean mayGoOn(JdbcClient jdbc) {
    return jdbc.sql("SELECT coalesce(max(numbers), 0) FROM allowed").query(Long.class).single()
        > CountingBatch.counted(jdbc);
  }
}
