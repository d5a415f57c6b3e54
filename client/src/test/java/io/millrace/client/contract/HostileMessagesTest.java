package io.millrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.LongStringHelper;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Mutates valid messages at random. Whatever comes, there is a reading, and it can be stored. */
class HostileMessagesTest {

  private static final int MESSAGES = 20_000;

  private static final String STRUCTURED =
      """
      {"specversion":"1.0","id":"e-1","source":"/bank","type":"loan.amortize",\
      "datacontenttype":"application/json","millracedeadline":"2026-11-22T10:15:30.5+01:00",\
      "data":{"loan":42,"text":"\u00e4","list":[1,2.5,null,true]}}""";

  private static final List<String> WORDS =
      List.of(
          "",
          "loan.amortize",
          "loan.close",
          "e-1",
          "1.0",
          "application/json",
          "\u0000",
          "\ud800",
          "\ufffd",
          "x".repeat(300),
          "2026-11-22T10:15:30Z",
          "2026-11-22T10:15:30",
          "\ud83d\ude00",
          "application/cloudevents+json",
          "a;b=c;charset",
          "charset=\"",
          "utf-8",
          "\r\n",
          "/bank");

  private final JobMessageReader reader = new JobMessageReader(1_000);
  private final JobMessageWriter writer = new JobMessageWriter();
  private final Map<Refusal, Integer> refusals = new EnumMap<>(Refusal.class);
  private int readable;

  @Test
  void neverThrowAndNeverGiveWhatCannotBeStored() {
    long seed = Long.getLong("millrace.seed", System.nanoTime());
    System.out.println("HostileMessagesTest: -Dmillrace.seed=" + seed);
    Random random = new Random(seed);

    for (int i = 0; i < MESSAGES; i++) {
      readOne(random, "message %d of seed %d".formatted(i, seed));
    }

    System.out.printf("%d readable, refused: %s%n", readable, refusals);
    assertThat(readable).isGreaterThan(MESSAGES / 50);
    assertThat(refusals.keySet())
        .contains(
            Refusal.MISSING_MESSAGE_ID,
            Refusal.INVALID_MESSAGE_ID,
            Refusal.INVALID_TYPE,
            Refusal.CONTRADICTION,
            Refusal.INVALID_HEADER,
            Refusal.UNSUPPORTED_CONTENT_TYPE,
            Refusal.UNSUPPORTED_ENCODING,
            Refusal.TOO_LARGE,
            Refusal.MALFORMED_JSON,
            Refusal.INVALID_CLOUD_EVENT);
  }

  private void readOne(Random random, String which) {
    boolean structured = random.nextBoolean();
    String routingKey = random.nextInt(10) == 0 ? word(random) : "loan.amortize";
    BasicProperties properties = properties(random, structured);
    byte[] body = body(random, structured);
    try {
      switch (reader.read(ContractNames.JOBS, routingKey, properties, body)) {
        case Reading.Readable(JobMessage message, String _) -> {
          readable++;
          assertThat(storable(message.messageId())).as(which).isTrue();
          assertThat(writer.write(message)).as(which).isNotNull();
        }
        case Reading.Refused(Refusal refusal, String explanation, String id) -> {
          refusals.merge(refusal, 1, Integer::sum);
          assertThat(storable(explanation)).as(which + ": " + explanation).isTrue();
          assertThat(id == null || storable(id)).as(which).isTrue();
        }
      }
    } catch (RuntimeException e) {
      fail(which, e);
    }
  }

  private static boolean storable(String text) {
    return text.indexOf('\u0000') < 0 && new String(text.getBytes(UTF_8), UTF_8).equals(text);
  }

  private static BasicProperties properties(RandomGenerator random, boolean structured) {
    BasicProperties.Builder properties =
        new BasicProperties.Builder()
            .contentType(structured ? "application/cloudevents+json" : "application/json")
            .messageId("e-1");
    Map<String, Object> headers = new HashMap<>();
    for (int mutations = random.nextInt(4); mutations > 0; mutations--) {
      switch (random.nextInt(10)) {
        case 0 -> properties.contentType(word(random));
        case 1 -> properties.contentEncoding(word(random));
        case 2 -> properties.messageId(random.nextBoolean() ? null : word(random));
        case 3 -> properties.type(word(random));
        case 4 -> properties.replyTo(word(random));
        case 5 -> properties.userId(word(random)).correlationId(word(random));
        default -> headers.put(headerName(random), headerValue(random));
      }
    }
    return random.nextInt(20) == 0 ? properties.build() : properties.headers(headers).build();
  }

  private static String headerName(RandomGenerator random) {
    JobHeader header = JobHeader.values()[random.nextInt(JobHeader.values().length)];
    return switch (random.nextInt(4)) {
      case 0 -> "cloudEvents:" + header.attribute();
      case 1 ->
          "cloudEvents_"
              + List.of("id", "type", "source", "specversion", "").get(random.nextInt(5));
      case 2 -> word(random);
      default -> header.header();
    };
  }

  private static Object headerValue(RandomGenerator random) {
    byte[] bytes = new byte[random.nextInt(12)];
    random.nextBytes(bytes);
    return switch (random.nextInt(8)) {
      case 0 -> random.nextLong();
      case 1 -> new Date(random.nextLong());
      case 2 -> bytes;
      case 3 -> LongStringHelper.asLongString(bytes);
      case 4 -> List.of(1);
      case 5 -> word(random);
      default -> LongStringHelper.asLongString(word(random));
    };
  }

  private static byte[] body(RandomGenerator random, boolean structured) {
    byte[] body = (structured ? STRUCTURED : "{\"loan\":42}").getBytes(UTF_8);
    if (random.nextInt(30) == 0) {
      return new byte[random.nextInt(1_200)];
    }
    for (int mutations = random.nextInt(4); mutations > 0; mutations--) {
      int at = random.nextInt(body.length);
      switch (random.nextInt(3)) {
        case 0 -> body[at] = (byte) random.nextInt();
        case 1 -> body[at] = (byte) "{}[]\",:\\0".charAt(random.nextInt(9));
        default -> body = Arrays.copyOf(body, Math.max(1, at));
      }
    }
    return body;
  }

  private static String word(RandomGenerator random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }
}
