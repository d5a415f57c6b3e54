package io.millrace.worker.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Changes to bodies: to their bytes, and to their JSON. */
final class BodyMutation {

  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9.]+|true|false|null|[{}\\[\\],:]");

  private static final List<String> TOKENS =
      List.of(
          "1e999999999",
          "-1e-999999999",
          "1e400",
          "1e18",
          "100.0",
          "0.1",
          "-0",
          "00",
          "NaN",
          "9223372036854775807",
          "9223372036854775808",
          "9".repeat(400),
          "9".repeat(2_000),
          "0." + "3".repeat(500),
          "null",
          "true",
          "[]",
          "{}",
          "[[]]",
          "\"\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\u0000\"",
          "\"\\uFFFD\"",
          "\"\\x\"",
          "\"\u00e4\"",
          "\"left\"",
          "\"count\"",
          "\"data\"",
          "\"id\"",
          "\"commits\"",
          "\"swallows\"",
          "\"data_base64\"",
          "\"" + "x".repeat(3_000) + "\"",
          "}",
          "]",
          ",",
          ":",
          "//",
          "");

  /** What no UTF-8 has, or not there: halves of surrogates, overlong forms, cut characters. */
  private static final List<byte[]> BAD_BYTES =
      List.of(
          bytes(0xED, 0xA0, 0x80),
          bytes(0xED, 0xB0, 0x80),
          bytes(0xC0, 0x80),
          bytes(0xF8, 0x88, 0x80, 0x80, 0x80),
          bytes(0xF4, 0x90, 0x80, 0x80),
          bytes(0xE2, 0x82),
          bytes(0xEF, 0xBB, 0xBF),
          bytes(0xFF, 0xFE),
          bytes(0x00),
          bytes(0x80));

  private static final int[] DEPTHS = {5, 100, 490, 510, 1_200, 4_900};
  private static final int MORE_THAN_ALLOWED = 11_000;

  private BodyMutation() {}

  /** {@code body}, changed in one way. */
  static byte[] apply(RandomGenerator random, byte[] body) {
    int at = random.nextInt(body.length + 1);
    int to = Math.min(body.length, at + 1 + random.nextInt(8));
    return switch (random.nextInt(16)) {
      case 0 -> splice(body, at, Math.min(body.length, at + 1), bytes(random.nextInt(256)));
      case 1 -> splice(body, at, at, bytes(random.nextInt(256)));
      case 2 -> splice(body, at, to, new byte[0]);
      case 3 -> Arrays.copyOf(body, at);
      case 4 -> splice(body, at, at, Arrays.copyOfRange(body, at, to));
      case 5 -> splice(body, at, to, BAD_BYTES.get(random.nextInt(BAD_BYTES.size())));
      case 6 -> nested(random, body);
      case 7 -> rarely(random, body);
      default -> exchangeToken(random, body);
    };
  }

  private static byte[] rarely(RandomGenerator random, byte[] body) {
    return switch (random.nextInt(6)) {
      case 0 -> new byte[0];
      case 1 -> new byte[random.nextInt(300)];
      case 2 -> new String(body, UTF_8).getBytes(UTF_16);
      case 3 -> splice(body, body.length, body.length, body);
      case 4 -> Arrays.copyOf(body, MORE_THAN_ALLOWED);
      default -> {
        byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        yield noise;
      }
    };
  }

  private static byte[] exchangeToken(RandomGenerator random, byte[] body) {
    String text = new String(body, ISO_8859_1);
    List<MatchResult> found = TOKEN.matcher(text).results().toList();
    if (found.isEmpty()) {
      return body;
    }
    MatchResult old = found.get(random.nextInt(found.size()));
    String token =
        random.nextInt(4) == 0
            ? found.get(random.nextInt(found.size())).group()
            : TOKENS.get(random.nextInt(TOKENS.size()));
    return splice(body, old.start(), old.end(), token.getBytes(UTF_8));
  }

  private static byte[] nested(RandomGenerator random, byte[] body) {
    String open = random.nextBoolean() ? "[" : "{\"a\":";
    String close = open.equals("[") ? "]" : "}";
    int depth = DEPTHS[random.nextInt(DEPTHS.length)];
    int closed = random.nextInt(3) == 0 ? random.nextInt(depth) : depth;
    String text = open.repeat(depth) + "1" + close.repeat(closed);
    int colon = new String(body, ISO_8859_1).lastIndexOf(':');
    return splice(body, colon + 1, Math.max(colon + 1, body.length - 1), text.getBytes(UTF_8));
  }

  private static byte[] splice(byte[] body, int from, int to, byte[] with) {
    ByteArrayOutputStream spliced = new ByteArrayOutputStream(body.length + with.length);
    spliced.write(body, 0, from);
    spliced.writeBytes(with);
    spliced.write(body, to, body.length - to);
    return spliced.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
