package io.millrace.worker.hostile;

import com.rabbitmq.client.impl.LongStringHelper;
import io.millrace.client.contract.ContractNames;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Names and values of AMQP headers: of every type, and as deep as a frame allows. Numbers are
 * finite, since RabbitMQ closes the connection on which another one comes.
 */
final class HostileHeader {

  private static final List<String> NAMES =
      List.of(
          ContractNames.TENANT,
          ContractNames.NOT_BEFORE,
          ContractNames.DEADLINE,
          ContractNames.UNIQUE_KEY,
          ContractNames.CONCURRENCY_KEY,
          ContractNames.SUBJECT,
          ContractNames.TRACEPARENT,
          "cloudEvents:specversion",
          "cloudEvents_specversion",
          "cloudEvents:id",
          "cloudEvents_type",
          "cloudEvents:source",
          "cloudEvents:datacontenttype",
          "cloudEvents_millracedeadline",
          "cloudEvents:",
          "cloudEvents_\ud83d\ude00",
          "x-delivery-count",
          "x-first-death-queue",
          "",
          "a\0b",
          "\\u0000",
          "n".repeat(255));

  private static final List<String> TEXTS =
      List.of(
          "",
          "k-1",
          "acme",
          "1.0",
          "2.0",
          "test.order",
          "application/json",
          "0000-01-01T00:00:00Z",
          "2020-02-29T23:59:60+01:00",
          "2021-02-29T00:00:00Z",
          "2026-11-22T10:15:30",
          "9999-12-31T23:59:59.999999Z",
          "9999-12-31T23:59:59-01:00",
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
          "\0",
          "\\u0000",
          "\ufffd",
          "\ufdd0\uffff",
          "\u202e\u200b",
          "e\u0301".repeat(100),
          "\ud83d\ude00".repeat(201),
          "x".repeat(200),
          "x".repeat(30_000),
          "'; DROP TABLE job; --",
          "%s%n%x",
          "\r\n");

  /** Deeper than JSON libraries, databases and stacks like it. */
  private static final int[] DEPTHS = {2, 20, 99, 101, 400, 600, 1_500, 6_000};

  private HostileHeader() {}

  static String name(RandomGenerator random) {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  static String text(RandomGenerator random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  static @Nullable Object value(RandomGenerator random) {
    return switch (random.nextInt(20)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> (byte) random.nextInt();
      case 3 -> (short) random.nextInt();
      case 4 -> random.nextInt();
      case 5 -> random.nextLong();
      case 6 -> random.nextFloat(-Float.MAX_VALUE, Float.MAX_VALUE);
      case 7 -> random.nextBoolean() ? Double.MAX_VALUE : Double.MIN_VALUE;
      case 8 -> -0.0;
      case 9 -> new BigDecimal(BigInteger.valueOf(random.nextInt()), random.nextInt(256));
      case 10 -> new Date(random.nextLong());
      case 11, 12 -> noise(random);
      case 13 -> LongStringHelper.asLongString(noise(random));
      case 14 -> list(random);
      case 15 -> table(random);
      case 16 -> random.nextInt(20) == 0 ? deep(random) : List.of();
      default -> text(random);
    };
  }

  private static byte[] noise(RandomGenerator random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<@Nullable Object> list(RandomGenerator random) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(random));
    }
    return list;
  }

  private static Map<String, @Nullable Object> table(RandomGenerator random) {
    Map<String, @Nullable Object> table = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      table.put(name(random), value(random));
    }
    return table;
  }

  private static Object deep(RandomGenerator random) {
    boolean tables = random.nextBoolean();
    Object value = 1;
    for (int depth = DEPTHS[random.nextInt(DEPTHS.length)]; depth > 0; depth--) {
      value = tables ? Map.of("", value) : Arrays.asList(value);
    }
    return value;
  }
}
