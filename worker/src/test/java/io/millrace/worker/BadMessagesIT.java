package io.millrace.worker;

import static io.millrace.worker.WorkerUnderTest.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.Refusal;
import io.millrace.core.job.JobState;
import io.millrace.testing.TestBroker;
import io.millrace.testing.TestDatabase;
import io.millrace.worker.signal.WorkerEvent.MessageRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whatever cannot become a job is kept with a reason, and what can goes on beside it. */
class BadMessagesIT {

  private static final String GOOD = "{\"left\":6,\"right\":7}";
  private static final String CE = "application/cloudevents+json";

  @AutoClose private final TestBroker broker = TestBroker.fresh();
  @AutoClose private final TestDatabase database = TestDatabase.fresh();

  private record Bad(
      String what,
      Refusal reason,
      String says,
      String type,
      AMQP.BasicProperties properties,
      byte[] body) {}

  @Test
  void keepsEachWithAReasonAndRunsTheGoodOnesAmongThem() throws Exception {
    List<Bad> bad = badMessages();
    try (WorkerUnderTest worker =
        WorkerUnderTest.start(
            broker.amqpUri(),
            database.jdbcUrl(),
            database.user(),
            database.password(),
            "millrace.worker.max-payload=10KB",
            "millrace.tenants.spokesmen=")) {

      for (int i = 0; i < bad.size(); i++) {
        worker.publish("test.multiply", "good-" + i, GOOD);
        worker.publish(bad.get(i).type(), bad.get(i).properties(), bad.get(i).body());
      }

      for (int i = 0; i < bad.size(); i++) {
        Bad each = bad.get(i);
        worker.awaitEnd("good-" + i, JobState.SUCCEEDED);
        MessageRefused refused =
            worker.await(
                MessageRefused.class,
                event ->
                    event.reason() == each.reason() && event.explanation().contains(each.says()));
        assertThat(refused.explanation()).as(each.what()).contains(each.says());
      }
      assertThat(worker.count(MessageRefused.class, _ -> true)).isEqualTo(bad.size());
      assertThat(worker.jdbc().sql("SELECT count(*) FROM quarantine").query(Integer.class).single())
          .isEqualTo(bad.size());
      List<byte @Nullable []> kept =
          worker.jdbc().sql("SELECT body FROM quarantine").query(byte[].class).list();
      assertThat(kept).containsExactlyInAnyOrderElementsOf(bad.stream().map(Bad::body).toList());
    }
  }

  /** RabbitMQ adds how often it has delivered a message before, which says nothing new. */
  @Test
  void keepsOnceWhatTheBrokerDeliversAgain() throws Exception {
    List<Map<String, Object>> deliveries =
        List.of(Map.of("a", 1), Map.of("a", 1, "x-delivery-count", 2));
    try (WorkerUnderTest worker =
        WorkerUnderTest.start(
            broker.amqpUri(), database.jdbcUrl(), database.user(), database.password())) {

      for (Map<String, Object> headers : deliveries) {
        worker.publish(
            "test.multiply", json("bad").headers(headers).build(), "{}no JSON".getBytes(UTF_8));
      }

      worker.awaitCount(MessageRefused.class, 2);
      assertThat(worker.jdbc().sql("SELECT arrivals FROM quarantine").query(Integer.class).single())
          .isEqualTo(2);
    }
  }

  /** Deeper than JSON libraries and jsonb like it. */
  @Test
  void keepsAMessageWithDeepHeaders() throws Exception {
    Object header = 1;
    for (int level = 0; level < 600; level++) {
      header = List.of(header);
    }
    AMQP.BasicProperties properties = json("deep").headers(Map.of("deep", header)).build();
    try (WorkerUnderTest worker =
        WorkerUnderTest.start(
            broker.amqpUri(), database.jdbcUrl(), database.user(), database.password())) {

      worker.publish("test.multiply", properties, "no JSON".getBytes(UTF_8));
      worker.publish("test.multiply", "good", GOOD);

      worker.awaitCount(MessageRefused.class, 1);
      worker.awaitEnd("good", JobState.SUCCEEDED);
      assertThat(worker.jdbc().sql("SELECT headers FROM quarantine").query(String.class).single())
          .isEqualTo("{\"deep\": []}");
    }
  }

  private static List<Bad> badMessages() {
    List<Bad> bad = new ArrayList<>();
    bad.add(of("no id", Refusal.MISSING_MESSAGE_ID, "message_id", json("x").messageId(null), GOOD));
    bad.add(of("an empty id", Refusal.MISSING_MESSAGE_ID, "message_id", json(""), GOOD + " "));
    bad.add(of("an id too long", Refusal.INVALID_MESSAGE_ID, "200", json("x".repeat(201)), GOOD));
    bad.add(of("an id with a NUL", Refusal.INVALID_MESSAGE_ID, "control", json("a\0b"), GOOD));
    bad.add(of("broken JSON", Refusal.MALFORMED_JSON, "line 1", json("bad-1"), "{\"left\":6,"));
    bad.add(of("no JSON at all", Refusal.MALFORMED_JSON, "not JSON", json("bad-2"), "hello"));
    bad.add(of("an empty body", Refusal.MALFORMED_JSON, "empty", json("bad-3"), ""));
    bad.add(of("two documents", Refusal.SCHEMA_VIOLATION, "railing", json("bad-4"), GOOD + GOOD));
    bad.add(
        of("a missing field", Refusal.SCHEMA_VIOLATION, "right", json("bad-5"), "{\"left\":6}"));
    bad.add(
        of(
            "a field too many",
            Refusal.SCHEMA_VIOLATION,
            "middle",
            json("bad-6"),
            "{\"left\":6,\"middle\":1,\"right\":7}"));
    bad.add(
        of(
            "a text for a number",
            Refusal.SCHEMA_VIOLATION,
            "$.left",
            json("bad-7"),
            "{\"left\":\"six\",\"right\":7}"));
    bad.add(of("an array", Refusal.SCHEMA_VIOLATION, "test.multiply", json("bad-8"), "[1,2]"));
    bad.add(of("the JSON null", Refusal.SCHEMA_VIOLATION, "null", json("bad-9"), "null"));
    bad.add(
        new Bad(
            "a broken schema",
            Refusal.SCHEMA_VIOLATION,
            "/count: must have a maximum value of 100",
            "test.order",
            json("bad-10").build(),
            "{\"item\":\"bolt\",\"count\":1000}".getBytes(UTF_8)));
    bad.add(
        of(
            "no content type",
            Refusal.UNSUPPORTED_CONTENT_TYPE,
            "application/json",
            json("bad-11").contentType(null),
            GOOD));
    bad.add(
        of(
            "another content type",
            Refusal.UNSUPPORTED_CONTENT_TYPE,
            "text/xml",
            json("bad-12").contentType("text/xml"),
            "<a/>"));
    bad.add(
        of(
            "a compressed body",
            Refusal.UNSUPPORTED_ENCODING,
            "gzip",
            json("bad-13").contentEncoding("gzip"),
            GOOD));
    bad.add(
        of(
            "another charset",
            Refusal.UNSUPPORTED_CONTENT_TYPE,
            "another charset",
            json("bad-14").contentType("application/json; charset=iso-8859-1"),
            GOOD));
    bad.add(
        new Bad(
            "bytes that are not UTF-8",
            Refusal.MALFORMED_JSON,
            "UTF-8",
            "test.multiply",
            json("bad-15").build(),
            "{\"left\":\"\u00e4\",\"right\":7}".getBytes(ISO_8859_1)));
    bad.add(
        new Bad(
            "UTF-16",
            Refusal.MALFORMED_JSON,
            "UTF-8",
            "test.multiply",
            json("bad-16").build(),
            GOOD.getBytes(UTF_16)));
    bad.add(
        of(
            "too large",
            Refusal.TOO_LARGE,
            "10240 are allowed",
            json("bad-17"),
            "\"" + "x".repeat(20_000) + "\""));
    bad.add(
        of(
            "a type that contradicts the key",
            Refusal.CONTRADICTION,
            "test.order",
            json("bad-18").type("test.order"),
            GOOD));
    bad.add(
        of(
            "a time that is none",
            Refusal.INVALID_HEADER,
            "tomorrow",
            json("bad-19").headers(Map.of(ContractNames.NOT_BEFORE, "tomorrow")),
            GOOD));
    bad.add(
        of(
            "a tenant that it may not name",
            Refusal.UNKNOWN_TENANT,
            "acme",
            json("bad-20").headers(Map.of(ContractNames.TENANT, "acme")),
            GOOD));
    bad.add(
        of(
            "a reply to anywhere",
            Refusal.INVALID_HEADER,
            "somebodys.queue",
            json("bad-21").replyTo("somebodys.queue"),
            GOOD));
    bad.add(
        of(
            "a CloudEvent without an id",
            Refusal.INVALID_CLOUD_EVENT,
            "id",
            new AMQP.BasicProperties.Builder().contentType(CE),
            "{\"specversion\":\"1.0\",\"type\":\"test.multiply\",\"source\":\"/t\",\"data\":"
                + GOOD
                + "}"));
    return bad;
  }

  private static Bad of(
      String what,
      Refusal reason,
      String says,
      AMQP.BasicProperties.Builder properties,
      String body) {
    return new Bad(what, reason, says, "test.multiply", properties.build(), body.getBytes(UTF_8));
  }
}
