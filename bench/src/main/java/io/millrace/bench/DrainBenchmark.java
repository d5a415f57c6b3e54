package io.millrace.bench;

import io.millrace.client.contract.ContractNames;
import io.millrace.testing.PrivatePostgres;
import io.millrace.testing.PrivateProcess;
import io.millrace.testing.PrivateRabbit;
import io.millrace.worker.WorkerApplication;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Drains a queue of small calculations with one worker process, and with one hand-written listener,
 * in turn, beside a private RabbitMQ and a private PostgreSQL on the same machine. The consumer is
 * stopped (SIGSTOP) while the queue is filled and goes on at time zero; the clock stops with the
 * commit of the last job. The first rounds show a cold JVM and do not count.
 *
 * <p>Arguments: how many jobs a round (30,000), how many rounds that count (5), how many before
 * (4).
 */
public final class DrainBenchmark {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final PrivateRabbit rabbit = PrivateRabbit.start();
  private final PrivatePostgres postgres = PrivatePostgres.start();
  private final JdbcClient jdbc = JdbcClient.create(postgres.dataSource());
  private final int jobs;

  private DrainBenchmark(int jobs) {
    this.jobs = jobs;
  }

  public static void main(String[] args) throws Exception {
    int jobs = args.length > 0 ? Integer.parseInt(args[0]) : 30_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    int warmUp = args.length > 2 ? Integer.parseInt(args[2]) : 4;
    DrainBenchmark benchmark = new DrainBenchmark(jobs);
    try {
      benchmark.run(rounds, warmUp);
    } finally {
      benchmark.rabbit.close();
      benchmark.postgres.close();
    }
  }

  /** Who drains, where from, and where its ends are recorded. */
  private record Contender(
      String name, PrivateProcess process, String exchange, String key, String table) {}

  private void run(int rounds, int warmUp) throws Exception {
    URI broker = rabbit.amqpUri();
    try (PrivateProcess worker = started(worker(broker), "consuming");
        PrivateProcess listener = listener(broker)) {
      listener.awaitLine("Started HandWritten", PATIENCE);
      Contender millrace =
          new Contender("millrace", worker, ContractNames.JOBS, "bench.multiply", "job");
      Contender handWritten =
          new Contender("hand-written", listener, "", HandWritten.QUEUE, "handwritten");
      List<Double> ours = new ArrayList<>();
      List<Double> theirs = new ArrayList<>();
      for (int round = 1 - warmUp; round <= rounds; round++) {
        double mine = drain(millrace, jobs);
        double his = drain(handWritten, jobs / 5);
        System.out.printf(
            "%s %2d: millrace %,8.0f jobs/s   hand-written %,8.0f jobs/s   ratio %.1f%n",
            round < 1 ? "warm-up" : "round  ", round, mine, his, mine / his);
        if (round >= 1) {
          ours.add(mine);
          theirs.add(his);
        }
      }
      System.out.printf(
          "median: millrace %,.0f jobs/s, hand-written %,.0f jobs/s%n",
          median(ours), median(theirs));
    }
  }

  private double drain(Contender contender, int count) throws Exception {
    contender.process().pause();
    Load.publish(rabbit.amqpUri(), contender.exchange(), contender.key(), count);
    // Counting must cost next to nothing beside what is measured.
    jdbc.sql("TRUNCATE " + contender.table() + " CASCADE").update();
    Instant began = now();
    contender.process().resume();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ended(contender.table()) < count) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(contender.name() + " did not drain in " + PATIENCE);
      }
      Thread.sleep(250);
    }
    Instant last =
        jdbc.sql("SELECT max(finished_at) FROM " + contender.table())
            .query(OffsetDateTime.class)
            .single()
            .toInstant();
    return count / (Duration.between(began, last).toNanos() / 1e9);
  }

  private Instant now() {
    return jdbc.sql("SELECT clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }

  private int ended(String table) {
    return jdbc.sql("SELECT count(*) FROM " + table + " WHERE finished_at IS NOT NULL")
        .query(Integer.class)
        .single();
  }

  private static PrivateProcess started(PrivateProcess process, String line) {
    process.awaitLine(line, PATIENCE);
    return process;
  }

  /** With the options of the launcher. */
  private PrivateProcess worker(URI broker) {
    return PrivateProcess.running(WorkerApplication.class)
        .options("-Xmx1g", "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders")
        .environment("SERVER_PORT", "0")
        .environment("MILLRACE_BROKER_URI", broker.toString())
        .environment("MILLRACE_DATABASE_URL", postgres.jdbcUrl())
        .environment("MILLRACE_DATABASE_USER", postgres.user())
        .environment("MILLRACE_DATABASE_PASSWORD", postgres.password())
        .environment("MILLRACE_LEASE_DEADAFTER", "4m")
        .start();
  }

  private PrivateProcess listener(URI broker) {
    return PrivateProcess.running(HandWritten.class)
        .options("-Xmx1g", "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders")
        .arguments("--spring.config.location=optional:classpath:/none/")
        .environment("SPRING_RABBITMQ_ADDRESSES", broker.toString())
        .environment("SPRING_DATASOURCE_URL", postgres.jdbcUrl())
        .environment("SPRING_DATASOURCE_USERNAME", postgres.user())
        .environment("SPRING_DATASOURCE_PASSWORD", postgres.password())
        .environment("SPRING_FLYWAY_ENABLED", "false")
        .environment("SERVER_PORT", "0")
        .start();
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
