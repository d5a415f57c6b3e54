package io.millrace.bench;

import io.millrace.client.contract.ContractNames;
import io.millrace.scheduler.SchedulerApplication;
import io.millrace.testing.PrivatePostgres;
import io.millrace.testing.PrivateProcess;
import io.millrace.testing.PrivateRabbit;
import io.millrace.testing.SlidingWindow;
import io.millrace.worker.WorkerApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Calls a partner from workers, beside a private RabbitMQ and a private PostgreSQL on the same
 * machine, and counts what the partner sees. Arguments: which of the scenarios to run, all by
 * default.
 *
 * <ul>
 *   <li>{@code speed}: 100,000 calls that take 50 ms each, by one worker
 *   <li>{@code many}: calls that take 5 s each, by one worker with 512 MB
 *   <li>{@code outage}: 10,000 calls to a partner that is down for as many seconds as {@code
 *       millrace.outage} says (600), and may be called 500 times a second
 *   <li>{@code limits}: 50 a second and 1,000 a minute, for two workers, 3 minutes
 *   <li>{@code rest}: a partner that answers 429 with Retry-After: 7
 *   <li>{@code beside}: calculations alone, and beside a partner that is slow
 * </ul>
 */
public final class CallBenchmark implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final PrivateRabbit rabbit = PrivateRabbit.start();
  private final PrivatePostgres postgres = PrivatePostgres.start();
  private final JdbcClient jdbc = JdbcClient.create(postgres.dataSource());
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<PrivateProcess> processes = new ArrayList<>();
  private final int partner;

  private CallBenchmark() {
    PrivateProcess started =
        PrivateProcess.running(Partner.class).options("-Xmx512m", "-XX:+UseParallelGC").start();
    processes.add(started);
    String line = started.awaitLine("partner listens on", Duration.ofSeconds(30));
    partner = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1).strip());
  }

  public static void main(String[] args) throws Exception {
    List<String> scenarios =
        args.length > 0
            ? List.of(args)
            : List.of("speed", "many", "outage", "limits", "rest", "beside");
    for (String scenario : scenarios) {
      try (CallBenchmark benchmark = new CallBenchmark()) {
        benchmark.run(scenario);
      }
    }
  }

  private void run(String scenario) throws Exception {
    switch (scenario) {
      case "speed" -> speed();
      case "many" -> many();
      case "outage" -> outage();
      case "limits" -> limits();
      case "rest" -> rest();
      case "beside" -> beside();
      default -> throw new IllegalArgumentException("there is no scenario " + scenario);
    }
  }

  private void speed() throws Exception {
    worker("-Xmx512m");
    for (int round = 1; round <= 4; round++) {
      mood("status=200&millis=50&forget=1");
      publish("bench.ask", 60_000);
      awaitEnded(60_000);
      long[] times = times();
      System.out.printf(
          "speed, round %d: %d calls, %,d in the best second, %,.0f calls/s between the first tenth and the last%n",
          round, times.length, SlidingWindow.most(times, 1_000_000), steady(times));
      forget();
    }
  }

  private void many() throws Exception {
    PrivateProcess worker = worker("-Xmx480m");
    mood("status=200&millis=5000&forget=1");
    publish("bench.ask", 20_000);
    awaitEnded(20_000);
    System.out.printf(
        "many: %s calls at a time at most; worker alive %s, most memory %s%n",
        get("/most").strip(), worker.isAlive(), peak(worker));
  }

  private void outage() throws Exception {
    int seconds = Integer.getInteger("millrace.outage", 600);
    worker("-Xmx512m", "MILLRACE_DEPENDENCIES_PARTNER_LIMITS=500/s");
    scheduler();
    mood("status=503&millis=5&forget=1");
    publish("bench.ask", 10_000);
    awaitTrue("SELECT count(*) = 1 FROM dependency WHERE circuit = 'OPEN'");
    long attempts = count("job_attempt");
    int calls = times().length;
    Thread.sleep(Duration.ofSeconds(seconds));
    System.out.printf(
        "outage: %d calls until the circuit opened, %d in the %d s after it, %d attempts failed in that time%n",
        calls, times().length - calls, seconds, count("job_attempt") - attempts);
    mood("status=200&millis=5&forget=1");
    long began = System.nanoTime();
    awaitEnded(10_000);
    long[] times = times();
    System.out.printf(
        "outage: all ended %.1f s after it was over: %d succeeded; at most %d calls in any second (limit 500); by second: %s%n",
        (System.nanoTime() - began) / 1e9,
        succeeded(),
        SlidingWindow.most(times, 1_000_000),
        Arrays.toString(perSecond(times)));
  }

  private void limits() throws Exception {
    String limits = "MILLRACE_DEPENDENCIES_PARTNER_LIMITS=50/s,1000/min";
    worker("-Xmx512m", limits);
    worker("-Xmx512m", limits);
    scheduler();
    mood("status=200&millis=20&forget=1");
    publish("bench.ask", 5_000);
    Thread.sleep(Duration.ofSeconds(190));
    long[] times = times();
    System.out.printf(
        "limits: at most %d calls in any second (50) and %d in any minute (1000); %.0f a minute on average%n",
        SlidingWindow.most(times, 1_000_000),
        SlidingWindow.most(times, 60_000_000),
        times.length / ((times[times.length - 1] - times[0]) / 60e6));
  }

  private void rest() throws Exception {
    worker("-Xmx512m");
    worker("-Xmx512m");
    scheduler();
    publish("bench.ask", 20_000); // so that nobody is slow because everything is new
    awaitEnded(20_000);
    mood("status=429&millis=5&retryAfter=7&forget=1");
    publish("bench.ask", 1);
    while (times().length == 0) {
      Thread.sleep(1);
    }
    mood("status=200&millis=5");
    Thread.sleep(500);
    publish("bench.ask", 2_000);
    awaitEnded(22_001);
    long[] times = times();
    System.out.printf(
        "rest: first call at %.3f s, the next one at %.3f s; %d calls%n",
        times[0] / 1e6, times[1] / 1e6, times.length);
  }

  private void beside() throws Exception {
    worker("-Xmx1g");
    for (int round = -2; round <= 3; round++) {
      double alone = calculations();
      mood("status=200&millis=5000&forget=1");
      publish("bench.ask", 2_000);
      awaitTrue("SELECT count(*) >= 1000 FROM job WHERE state = 'RUNNING'");
      double beside = calculations();
      awaitTrue("SELECT count(*) = 0 FROM job WHERE state = 'RUNNING'");
      if (round > 0) {
        System.out.printf(
            "beside: %,.0f calculations/s alone, %,.0f beside a partner that takes 5 s%n",
            alone, beside);
      }
      forget();
    }
  }

  private double calculations() throws Exception {
    PrivateProcess worker = processes.get(1);
    worker.pause();
    publish("bench.multiply", 30_000);
    long before =
        jdbc.sql("SELECT count(*) FROM job WHERE type = 'bench.multiply'")
            .query(Long.class)
            .single();
    long began = System.nanoTime();
    worker.resume();
    awaitTrue(
        "SELECT count(*) >= %d FROM job WHERE type = 'bench.multiply' AND state = 'SUCCEEDED'"
            .formatted(before + 30_000));
    return 30_000 / ((System.nanoTime() - began) / 1e9);
  }

  private PrivateProcess worker(String memory, String... settings) {
    PrivateProcess started = start(WorkerApplication.class, memory, settings);
    started.awaitLine("consuming", Duration.ofMinutes(2));
    return started;
  }

  private void scheduler() {
    start(SchedulerApplication.class, "-Xmx256m")
        .awaitLine("Started SchedulerApplication", Duration.ofMinutes(2));
  }

  private PrivateProcess start(Class<?> program, String memory, String... settings) {
    PrivateProcess.Builder builder =
        PrivateProcess.running(program)
            .options(memory, "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders")
            .environment("SERVER_PORT", "0")
            .environment("MILLRACE_BROKER_URI", rabbit.amqpUri().toString())
            .environment("MILLRACE_DATABASE_URL", postgres.jdbcUrl())
            .environment("MILLRACE_DATABASE_USER", postgres.user())
            .environment("MILLRACE_DATABASE_PASSWORD", postgres.password())
            .environment("MILLRACE_WORKER_PREFETCH", "8000")
            .environment("MILLRACE_LEASE_DEADAFTER", "4m")
            .environment("MILLRACE_RETRY_ATTEMPTS", "100")
            .environment("MILLRACE_HTTP_ALLOW", "127.0.0.1")
            .environment("MILLRACE_DEPENDENCIES_PARTNER_CALLS", "6000")
            .environment("MILLRACE_DEPENDENCIES_PARTNER_WAITING", "10000")
            .environment(
                "MILLRACE_DEPENDENCIES_PARTNER_HTTP_BASEURL", "http://127.0.0.1:" + partner);
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      builder.environment(setting.substring(0, equals), setting.substring(equals + 1));
    }
    PrivateProcess started = builder.start();
    processes.add(started);
    return started;
  }

  private void publish(String type, int jobs) throws Exception {
    Load.publish(rabbit.amqpUri(), ContractNames.JOBS, type, jobs);
  }

  private void mood(String query) throws Exception {
    get("/mood?" + query);
  }

  private String get(String path) throws Exception {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + partner + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private long[] times() throws Exception {
    return get("/times").lines().mapToLong(Long::parseLong).sorted().toArray();
  }

  private static double steady(long[] times) {
    int first = times.length / 10;
    int last = times.length - times.length / 10;
    return (last - first) / ((times[last] - times[first]) / 1e6);
  }

  private static int[] perSecond(long[] times) {
    int[] counts = new int[(int) (times[times.length - 1] / 1_000_000) + 1];
    for (long time : times) {
      counts[(int) (time / 1_000_000)]++;
    }
    return counts;
  }

  private void awaitEnded(int jobs) throws InterruptedException {
    awaitTrue("SELECT count(*) >= %d FROM job WHERE finished_at IS NOT NULL".formatted(jobs));
  }

  private void awaitTrue(String sql) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!jdbc.sql(sql).query(Boolean.class).single()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not in " + PATIENCE + ": " + sql);
      }
      Thread.sleep(100);
    }
  }

  private long succeeded() {
    return jdbc.sql("SELECT count(*) FROM job WHERE state = 'SUCCEEDED'")
        .query(Long.class)
        .single();
  }

  private long count(String table) {
    return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }

  private void forget() {
    jdbc.sql("TRUNCATE job CASCADE").update();
  }

  private static String peak(PrivateProcess process) throws Exception {
    return java.nio.file.Files.readAllLines(
            java.nio.file.Path.of("/proc/" + process.pid() + "/status"))
        .stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("unknown");
  }

  @Override
  public void close() {
    for (PrivateProcess process : processes.reversed()) {
      process.close();
    }
    rabbit.close();
    postgres.close();
  }
}
