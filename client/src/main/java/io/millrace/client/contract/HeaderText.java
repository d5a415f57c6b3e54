package io.millrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.LongString;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts from AMQP headers, whichever of the types a client's library chose for a text. */
final class HeaderText {

  private HeaderText() {}

  /**
   * The text of the header {@code name}; null if there is none.
   *
   * @throws RefusedMessage if it is no text
   */
  static @Nullable String of(Map<String, Object> headers, String name) {
    return switch (headers.get(name)) {
      case null -> null;
      case LongString text -> decoded(name, text.getBytes());
      case byte[] bytes -> decoded(name, bytes);
      case String text -> text;
      case Object other ->
          throw new RefusedMessage(
              Refusal.INVALID_HEADER,
              "The header '%s' has to be a text and is %s. Send it as a string."
                  .formatted(TextRule.shown(name), kindOf(other)));
    };
  }

  private static String decoded(String name, byte[] bytes) {
    String text = new String(bytes, UTF_8);
    if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(text.getBytes(UTF_8), bytes)) {
      throw new RefusedMessage(
          Refusal.INVALID_HEADER,
          "The header '%s' is not UTF-8. Encode it so.".formatted(TextRule.shown(name)));
    }
    return text;
  }

  private static String kindOf(Object value) {
    return switch (value) {
      case Number number -> "the number " + TextRule.shown(number.toString());
      case Boolean truth -> "the boolean " + truth;
      case Date _ -> "an AMQP timestamp";
      case Map<?, ?> _ -> "a table";
      case Collection<?> _ -> "a list";
      default -> "something else";
    };
  }
}
