package io.millrace.standalone.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.millrace.client.contract.JobType;
import io.millrace.core.lease.WorkerListing;
import io.millrace.standalone.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands of operators, on an engine that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsCommandIT {

  @AutoClose
  private final EngineUnderTest engine =
      new EngineUnderTest(
          CountingHandlers.class,
          "--millrace.schedules.idle.cron=0 0 1 1 *",
          "--millrace.schedules.idle.job.tenant=default",
          "--millrace.schedules.idle.job.type=test.other",
          "--millrace.schedules.idle.job.payload={\"value\":1}");

  @TempDir private Path folder;

  OperationsCommandIT() throws InterruptedException {}

  @Test
  void pausesATypeShowsThatAndResumesIt() {
    CommandRun paused = run("queues", "pause", "test.counted", "--reason", "it does harm");
    CommandRun shown = run("queues");
    CommandRun json = run("queues", "--json");
    CommandRun resumed = run("queues", "resume", "test.counted");

    assertThat(paused.out()).as(paused.err()).contains("test.counted is paused by ");
    assertThat(shown.out()).as(shown.err()).containsPattern("test.counted .* it does harm");
    assertThat(JsonMapper.shared().readTree(json.out()).path("types").isEmpty()).isFalse();
    assertThat(resumed.out()).as(resumed.err()).contains("test.counted is not paused");
    assertThat(run("queues", "pause", "no.such", "--reason", "why"))
        .satisfies(
            refused -> {
              assertThat(refused.exitCode()).isEqualTo(1);
              assertThat(refused.err()).contains("no.such");
            });
    assertThat(run("queues", "resume").err()).contains("--lane");
  }

  @Test
  void showsHowManyJobsASecondEnd() throws Exception {
    publish("test.other");

    WorkerListing workers = new WorkerListing(engine.jdbc());
    JobType type = new JobType("test.other");
    EngineUnderTest.await(() -> workers.endedPerSecond(Instant.EPOCH).containsKey(type));
    EngineUnderTest.await(() -> endedPerSecond(type.name()) > 0); // what is shown is kept a second
    assertThat(run("queues").out()).contains("ended/s");
  }

  @Test
  void forcesACircuitAndTakesThatBack() {
    CommandRun opened = run("dependencies", "open", "http/api.example.com", "--reason", "asked");
    CommandRun shown = run("dependencies");
    CommandRun automatic = run("dependencies", "automatic", "http/api.example.com");

    assertThat(opened.out()).as(opened.err()).contains("http/api.example.com is OPEN, as ");
    assertThat(shown.out()).containsPattern("http/api.example.com +OPEN, forced by .* asked");
    assertThat(automatic.out()).as(automatic.err()).contains("until something else is found");
  }

  @Test
  void fixesAMessageAndDiscardsAnother() throws Exception {
    publish("typo.one");
    publish("typo.two");
    EngineUnderTest.await(() -> quarantined().size() == 2);
    String first = id("typo.one");
    Path body = Files.writeString(folder.resolve("body.json"), "{\"value\":7}");

    CommandRun shown = run("quarantine", "show", first);
    CommandRun fixed =
        run(
            "quarantine",
            "resubmit",
            first,
            "--type",
            "test.counted",
            "--tenant",
            "default",
            "--body",
            body.toString(),
            "--note",
            "a typo");
    CommandRun discarded =
        run("quarantine", "discard", "--all", "--routing-key", "typo.two", "--note", "a test");

    assertThat(shown.out()).as(shown.err()).contains("UNROUTED", "{\\\"value\\\":1}");
    assertThat(fixed.out()).as(fixed.err()).containsPattern("job [0-9a-f-]{36}");
    assertThat(discarded.out()).as(discarded.err()).contains("1 are discarded");
    assertThat(run("quarantine").out()).contains("there is no such message");
    assertThat(run("quarantine", "--resolved").out()).contains("RESUBMITTED", "DISCARDED");
    EngineUnderTest.await(
        () -> engine.count("state = 'SUCCEEDED' AND message_id = 'typo.one'") == 1);
  }

  @Test
  void listsWorkersSchedulesAndEndpoints() {
    assertThat(run("workers").out()).contains("LIVES", "scheduler");
    assertThat(run("schedules").out()).containsPattern("idle +0 0 1 1 \\*");
    assertThat(run("schedules", "trigger", "idle").out()).contains("idle is triggered by ");
    assertThat(run("endpoints", "--tenant", "nobody").out()).contains("has no endpoints");
    assertThat(run("endpoints", "enable", "orders", "--tenant", "nobody").err())
        .contains("there is no endpoint nobody/orders");
  }

  private double endedPerSecond(String type) {
    return JsonMapper.shared()
        .readTree(run("queues", "--json").out())
        .path("types")
        .valueStream()
        .filter(each -> each.path("type").asString().equals(type))
        .mapToDouble(each -> each.path("endedPerSecond").asDouble())
        .sum();
  }

  private void publish(String type) throws Exception {
    try (var connection = engine.connect();
        var channel = connection.createChannel()) {
      channel.confirmSelect();
      channel.basicPublish(
          "millrace.jobs",
          type,
          new AMQP.BasicProperties.Builder()
              .messageId(type)
              .contentType("application/json")
              .build(),
          "{\"value\":1}".getBytes(UTF_8));
      channel.waitForConfirmsOrDie(30_000);
    }
  }

  private List<JsonNode> quarantined() {
    return JsonMapper.shared()
        .readTree(run("quarantine", "--json").out())
        .path("messages")
        .valueStream()
        .toList();
  }

  private String id(String type) {
    return quarantined().stream()
        .filter(message -> message.path("type").asString().equals(type))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  private CommandRun run(String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("--api", engine.api(""), "--data", engine.folder().toString()));
    return CommandRun.of(args.toArray(String[]::new));
  }
}
