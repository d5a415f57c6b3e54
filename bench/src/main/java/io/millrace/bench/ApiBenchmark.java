package io.millrace.bench;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.millrace.admin.AdminApiApplication;
import io.millrace.admin.access.Role;
import io.millrace.admin.issuer.Grant;
import io.millrace.admin.issuer.LocalIssuer;
import io.millrace.testing.PrivatePostgres;
import io.millrace.testing.PrivateProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks the API at a steady pace, whether it keeps up or not, over a table of many jobs, and says
 * how long the answers took, counted from when each question was due. Arguments: how many jobs
 * (1,000,000), requests a second (200), seconds (60).
 */
public final class ApiBenchmark {

  private static final int WARM_UP_SECONDS = 30;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What ops/postgresql/millrace.conf says of memory. */
  private static final Map<String, String> AS_SHIPPED = Map.of("shared_buffers", "512MB");

  /** What was asked, and how it went. */
  private record Answer(String kind, int status, long nanos) {}

  private record Question(String kind, HttpRequest request) {}

  private final ManyJobs jobs;
  private final int port;
  private final List<String> tokens;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(); // asks for no upgrade
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
  private final AtomicInteger cancelled = new AtomicInteger();
  private final AtomicInteger retried = new AtomicInteger();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

  private ApiBenchmark(ManyJobs jobs, int port, List<String> tokens) {
    this.jobs = jobs;
    this.port = port;
    this.tokens = tokens;
  }

  public static void main(String[] args) throws Exception {
    ManyJobs jobs = new ManyJobs(args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000);
    int perSecond = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 60;
    Path folder = Files.createTempDirectory("bench");
    Path key = folder.resolve("issuer.json");
    int port = freePort();
    try (PrivatePostgres postgres = PrivatePostgres.startWith(AS_SHIPPED);
        PrivateProcess api = api(postgres, key, port)) {
      api.awaitLine("Started AdminApiApplication", PATIENCE);
      long began = System.nanoTime();
      jobs.fill(JdbcClient.create(postgres.dataSource()));
      System.out.printf(
          "%,d jobs in the table after %d s%n",
          jobs.count(), Duration.ofNanos(System.nanoTime() - began).toSeconds());
      ApiBenchmark benchmark = new ApiBenchmark(jobs, port, tokens(LocalIssuer.at(key)));
      for (int share = 4; share >= 1; share--) { // a JVM that has just begun is no measure
        benchmark.ask(perSecond / share, WARM_UP_SECONDS);
      }
      benchmark.answers.clear();
      benchmark.ask(perSecond, seconds);
      benchmark.report(perSecond, seconds);
    }
  }

  private static PrivateProcess api(PrivatePostgres postgres, Path key, int port) {
    return PrivateProcess.running(AdminApiApplication.class)
        .options("-Xmx512m", "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError")
        .arguments(
            "--server.port=" + port,
            "--millrace.security.local-issuer=" + key,
            "--millrace.api.rate-limit.requests=0",
            "--millrace.database.url=" + postgres.jdbcUrl(),
            "--millrace.database.user=" + postgres.user(),
            "--millrace.database.password=" + postgres.password())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** One who sees everything, and one of each tenant. */
  private static List<String> tokens(LocalIssuer issuer) {
    String[] tokens = new String[ManyJobs.TENANTS + 1];
    for (int i = 0; i < ManyJobs.TENANTS; i++) {
      tokens[i] = token(issuer, ManyJobs.tenant(i));
    }
    tokens[ManyJobs.TENANTS] = token(issuer, Grant.EVERYTHING);
    return List.of(tokens);
  }

  private static String token(LocalIssuer issuer, String tenant) {
    Grant grant =
        new Grant(
            "bench", List.of(Role.OPERATOR), List.of(tenant), List.of(Grant.EVERYTHING), true);
    return issuer.mint(grant, Instant.now(), Duration.ofHours(1));
  }

  private void ask(int perSecond, int seconds) {
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < perSecond * seconds; i++) {
        long due = began + i * 1_000_000_000L / perSecond;
        Question question = question();
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        threads.execute(() -> answers.add(answer(question, due)));
      }
    }
  }

  private Answer answer(Question question, long due) {
    int status = 0;
    try {
      status = http.send(question.request(), HttpResponse.BodyHandlers.ofString()).statusCode();
    } catch (IOException e) {
      System.err.println(question.request().uri() + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Answer(question.kind(), status, System.nanoTime() - due);
  }

  /** 75 of 100 read simply, 15 change, 6 search, 4 look at groups. */
  private Question question() {
    int number = random.nextInt(jobs.count());
    String token = token(number);
    int dice = random.nextInt(100);
    if (dice < 40) {
      return get("job by id", token, "/v1/jobs/" + ManyJobs.id(number));
    }
    if (dice < 55) {
      return get(
          "job by message",
          token,
          "/v1/jobs?tenant=%s&messageId=%s"
              .formatted(ManyJobs.tenant(number), ManyJobs.messageId(number)));
    }
    if (dice < 75) {
      return get("list by state", token, "/v1/jobs?state=" + (dice < 65 ? "FAILED" : "WAITING"));
    }
    if (dice < 83) {
      int waiting = jobs.waiting(cancelled.getAndIncrement());
      return post("cancel", token(waiting), "/v1/jobs/%s/cancel".formatted(ManyJobs.id(waiting)));
    }
    if (dice < 90) {
      int failed = jobs.failed(retried.getAndIncrement());
      return post("retry", token(failed), "/v1/jobs/%s/retry".formatted(ManyJobs.id(failed)));
    }
    return dice < 96 ? search(dice, number, token) : groups(dice, number, token);
  }

  private Question search(int dice, int number, String token) {
    Instant to = Instant.now().minus(random.nextInt(25 * 24), ChronoUnit.HOURS);
    String time = "&createdFrom=%s&createdTo=%s".formatted(to.minus(1, ChronoUnit.DAYS), to);
    return switch (dice % 4) {
      case 0 ->
          get("search by type and time", token, "/v1/jobs?type=" + ManyJobs.type(number) + time);
      case 1 -> get("search by outcome and time", token, "/v1/jobs?state=CANCELLED" + time);
      case 2 ->
          get(
              "search by person and time",
              token,
              "/v1/jobs?subject=person-" + number % 10_000 + time);
      default ->
          get(
              "search by text of the failure",
              token,
              "/v1/jobs?text="
                  + URLEncoder.encode(
                      "reason %d of".formatted(number % ManyJobs.GROUPS), StandardCharsets.UTF_8));
    };
  }

  private Question groups(int dice, int number, String token) {
    return dice < 98
        ? get("groups of failures", token, "/v1/failures")
        : get("one group", token, "/v1/failures/%016x".formatted((long) number % ManyJobs.GROUPS));
  }

  /** Every third asks as one who sees everything. */
  private String token(int number) {
    return tokens.get(number % 3 == 0 ? ManyJobs.TENANTS : number % ManyJobs.TENANTS);
  }

  private Question get(String kind, String token, String path) {
    return new Question(kind, request(token, path).GET().build());
  }

  private Question post(String kind, String token, String path) {
    return new Question(
        kind, request(token, path).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  private HttpRequest.Builder request(String token, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + token);
  }

  private void report(int perSecond, int seconds) {
    System.out.printf("%d requests a second for %d s%n", perSecond, seconds);
    by(Answer::kind).forEach(ApiBenchmark::print);
    by(answer -> weight(answer.kind())).forEach(ApiBenchmark::print);
  }

  private Map<String, List<Answer>> by(Function<Answer, String> what) {
    return answers.stream().collect(groupingBy(what, TreeMap::new, toList()));
  }

  private static String weight(String kind) {
    return switch (kind) {
      case "cancel", "retry" -> "= changes";
      case "job by id", "job by message", "list by state" -> "= simple reads";
      default -> "= searches and groups";
    };
  }

  private static void print(String kind, List<Answer> answers) {
    long[] nanos = answers.stream().mapToLong(Answer::nanos).sorted().toArray();
    Map<Integer, Long> statuses = new TreeMap<>();
    answers.forEach(answer -> statuses.merge(answer.status(), 1L, Long::sum));
    System.out.printf(
        "%-30s %,7d  p50 %,6.1f ms  p99 %,6.1f ms  longest %,6.1f ms  %s%n",
        kind,
        nanos.length,
        nanos[nanos.length / 2] / 1e6,
        nanos[(int) Math.ceil(nanos.length * 0.99) - 1] / 1e6,
        nanos[nanos.length - 1] / 1e6,
        statuses);
  }
}
