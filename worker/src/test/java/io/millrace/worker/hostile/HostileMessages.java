package io.millrace.worker.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.broker.DispatchMessage;
import io.millrace.core.broker.QueueNames;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws messages of every form of the contract and changes each in up to four ways. Nearly every
 * message has a number of its own in its {@code correlation_id}, which both a job's row and the
 * quarantine keep. Not thread-safe.
 */
public final class HostileMessages {

  /** Begins the {@code correlation_id} of a message that has a number. */
  public static final String NUMBERED = "number-";

  /** The types of the jobs that the messages ask for. */
  public static final List<String> TYPES = List.of("test.multiply", "test.order", "test.deposit");

  private static final int REMEMBERED = 500;
  private static final List<String> LAST_EXCHANGES = List.of(QueueNames.UNROUTED, QueueNames.DEAD);
  private static final List<String> STRANGE_KEYS =
      List.of(
          "test.unknown",
          "TEST.multiply",
          "test.multiply.",
          "",
          "#",
          "*.*",
          "a\0b",
          "\ud83d\ude00",
          "test.multiply ",
          "x".repeat(255));
  private static final List<String> CONTENT_TYPES =
      List.of(
          "",
          "text/xml",
          "application/json; charset=utf-8",
          "application/json;charset=\"utf-8",
          "APPLICATION/JSON",
          "application/cloudevents+json",
          "application/cloudevents-batch+json",
          "application/json; charset=utf-16",
          ";",
          "a/b;c;d=;=e",
          "\0",
          "x".repeat(255));
  private static final List<String> ENCODINGS =
      List.of("", "utf-8", "identity", "gzip", "deflate", "\0", "x".repeat(255));
  private static final List<String> IDS =
      List.of(
          "",
          "shared-1",
          "shared-2",
          "a\0b",
          "\ufffd",
          "x".repeat(200),
          "x".repeat(201),
          "\u00e4".repeat(127),
          "\r\n",
          "\ud83d\ude00",
          "'\"\\");

  private final RandomGenerator random;
  private final String user;
  private final List<Draft> recent = new ArrayList<>();
  private final List<JobId> ordinary = new ArrayList<>();
  private final BitSet untraceable = new BitSet();
  private int numbers;

  /**
   * @param user the publisher's AMQP user, the only one that the broker lets a message name
   */
  public HostileMessages(RandomGenerator random, String user) {
    this.random = random;
    this.user = user;
  }

  /** The next message. */
  public HostileMessage next() {
    if (random.nextInt(30) == 0) {
      return word();
    }
    if (random.nextInt(20) == 0 && !recent.isEmpty()) {
      return again(recent.get(random.nextInt(recent.size())));
    }
    Draft draft = draft();
    int mutations = random.nextInt(5);
    for (int i = 0; i < mutations; i++) {
      mutate(draft);
    }
    if (mutations == 0 && draft.id != null) {
      remember(ordinary, JobId.of("default", draft.id));
    }
    remember(recent, draft);
    return draft.build();
  }

  /** How many numbers were given; they begin with 0. */
  public int numbers() {
    return numbers;
  }

  /**
   * Whether the message of this number is found by it: it is not if it may be a repeat of another
   * one, or does not say its number any more.
   */
  public boolean isTraceable(int number) {
    return !untraceable.get(number);
  }

  private <T> void remember(List<T> memory, T item) {
    if (memory.size() < REMEMBERED) {
      memory.add(item);
    } else {
      memory.set(random.nextInt(REMEMBERED), item);
    }
  }

  private String number() {
    return NUMBERED + numbers++;
  }

  /** The dispatcher's word about a job that is there, or what is none of its words. */
  private HostileMessage word() {
    String type = oneOf(TYPES);
    String text = "00000000-0000-0000-0000-000000000000/1";
    byte[] body = text.getBytes(US_ASCII);
    if (ordinary.isEmpty() || random.nextBoolean()) {
      do {
        body = BodyMutation.apply(random, body);
      } while (DispatchMessage.read(body).isPresent());
    } else {
      body = new DispatchMessage(oneOf(ordinary), random.nextInt(3)).text().getBytes(US_ASCII);
    }
    return new HostileMessage(
        "",
        QueueNames.dispatch(new JobType(type)),
        new AMQP.BasicProperties.Builder().messageId(text).type(type).build(),
        body);
  }

  /** The same message; or the same job with other headers and another number. */
  private HostileMessage again(Draft earlier) {
    if (random.nextBoolean()) {
      return earlier.build();
    }
    untraceable.set(earlier.number);
    Draft other = new Draft(earlier, numbers);
    other.properties.correlationId(number());
    untraceable.set(other.number);
    other.headers.put(ContractNames.SUBJECT, "again");
    return other.build();
  }

  private Draft draft() {
    String type = oneOf(TYPES);
    int number = numbers;
    Draft draft = new Draft(type, number, "m-%d-%x".formatted(number, random.nextLong()));
    draft.properties.contentType(ContractNames.JSON).correlationId(number()).deliveryMode(2);
    draft.body = payload(type).getBytes(UTF_8);
    switch (random.nextInt(4)) {
      case 0 -> binary(draft, ContractNames.CLOUD_EVENTS_COLON);
      case 1 -> binary(draft, ContractNames.CLOUD_EVENTS_UNDERSCORE);
      case 2 -> structured(draft);
      default -> draft.properties.messageId(draft.id);
    }
    return draft;
  }

  private String payload(String type) {
    int n = random.nextInt(1, 100);
    return switch (type) {
      case "test.multiply" -> "{\"left\":%d,\"right\":%d}".formatted(n - 5, n * n);
      case "test.order" -> "{\"item\":\"bolt\",\"count\":%d}".formatted(n);
      default ->
          "{\"amount\":%d,\"end\":\"%s\"}"
              .formatted(n, oneOf(List.of("", "", "fails", "commits", "swallows")));
    };
  }

  private static void binary(Draft draft, String prefix) {
    draft.headers.put(prefix + "specversion", "1.0");
    draft.headers.put(prefix + "id", draft.id);
    draft.headers.put(prefix + "type", draft.routingKey);
    draft.headers.put(prefix + "source", "/fuzz");
  }

  private void structured(Draft draft) {
    draft.properties.contentType(ContractNames.CLOUD_EVENT_JSON);
    String data =
        random.nextInt(5) == 0
            ? "\"data_base64\":\"%s\"".formatted(Base64.getEncoder().encodeToString(draft.body))
            : "\"data\":" + new String(draft.body, UTF_8);
    draft.body =
        """
        {"specversion":"1.0","id":"%s","source":"/fuzz","type":"%s","time":"2026-11-22T10:15:30Z",%s}"""
            .formatted(draft.id, draft.routingKey, data)
            .getBytes(UTF_8);
  }

  private void mutate(Draft draft) {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> draft.body = BodyMutation.apply(random, draft.body);
      case 3, 4, 5 -> draft.headers.put(HostileHeader.name(random), HostileHeader.value(random));
      case 6 -> draft.headers.put(HostileHeader.name(random), HostileHeader.text(random));
      case 7, 8 -> mutateProperty(draft);
      default -> mutateRoute(draft);
    }
  }

  /** A wrong expiration, delivery mode or user the broker refuses by itself. */
  private void mutateProperty(Draft draft) {
    AMQP.BasicProperties.Builder properties = draft.properties;
    switch (random.nextInt(14)) {
      case 0 -> properties.contentType(random.nextInt(4) == 0 ? null : oneOf(CONTENT_TYPES));
      case 1 -> properties.contentEncoding(oneOf(ENCODINGS));
      case 2, 3 -> {
        draft.id = random.nextInt(4) == 0 ? null : oneOf(IDS);
        properties.messageId(draft.id);
        untraceable.set(draft.number);
      }
      case 4 -> properties.type(oneOf(List.of("", "test.order", "test.deposit", "\0")));
      case 5 ->
          properties.replyTo(oneOf(List.of("", "millrace.reply.a", "somebodys.queue", "a\0b")));
      case 6 -> properties.priority(random.nextInt(256));
      case 7 -> properties.expiration(oneOf(List.of("0", "1", "50", "60000")));
      case 8 -> properties.deliveryMode(random.nextBoolean() ? 1 : null);
      case 9 -> properties.timestamp(new Date(random.nextLong()));
      case 10 -> properties.appId("a\0".repeat(100)).clusterId("\ufffd");
      case 11, 12 -> properties.userId(user);
      default -> {
        properties.correlationId(oneOf(List.of("", "a\0b", "\ufffd", "x".repeat(255))));
        untraceable.set(draft.number);
      }
    }
  }

  /** Only to where a queue is: what none takes, and no alternate exchange, the broker drops. */
  private void mutateRoute(Draft draft) {
    JobType type = new JobType(oneOf(TYPES));
    switch (random.nextInt(6)) {
      case 0 -> draft.exchange = ContractNames.exchangeOf(oneOf(List.of(Lane.values())));
      case 1 -> draft.route(ContractNames.JOBS, type.name());
      case 2 -> draft.route(ContractNames.JOBS_LOW, oneOf(STRANGE_KEYS));
      case 3 -> draft.route("", QueueNames.of(type, oneOf(List.of(Lane.values()))));
      case 4 -> draft.route("", QueueNames.dispatch(type));
      default -> draft.route(oneOf(LAST_EXCHANGES), oneOf(STRANGE_KEYS));
    }
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A message while it is being made. */
  private static final class Draft {

    private final int number;
    private final AMQP.BasicProperties.Builder properties;
    private final Map<String, @Nullable Object> headers;
    private String exchange = ContractNames.JOBS;
    private String routingKey;
    private @Nullable String id;
    private byte[] body = {};

    Draft(String type, int number, String id) {
      this.number = number;
      this.id = id;
      this.routingKey = type;
      this.properties = new AMQP.BasicProperties.Builder();
      this.headers = new HashMap<>();
    }

    Draft(Draft other, int number) {
      this.number = number;
      this.exchange = other.exchange;
      this.routingKey = other.routingKey;
      this.id = other.id;
      this.properties = other.properties.build().builder();
      this.headers = new HashMap<>(other.headers);
      this.body = other.body;
    }

    void route(String newExchange, String newKey) {
      exchange = newExchange;
      routingKey = newKey;
    }

    HostileMessage build() {
      return new HostileMessage(exchange, routingKey, properties.headers(headers).build(), body);
    }
  }
}
