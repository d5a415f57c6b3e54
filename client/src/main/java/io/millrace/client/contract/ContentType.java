package io.millrace.client.contract;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The content types that a job message may have (RFC 9110, section 8.3.1, for their form). */
enum ContentType {
  JSON,
  CLOUD_EVENT;

  private static final String ADVICE =
      "Send the payload as 'application/json' in UTF-8, or a CloudEvent as"
          + " 'application/cloudevents+json'.";

  /**
   * The content type that {@code value} names.
   *
   * @throws RefusedMessage if it is none of them, or not in UTF-8
   */
  static ContentType of(@Nullable String value) {
    if (ContractNames.JSON.equals(value)) {
      return JSON;
    }
    if (value == null || value.isEmpty()) {
      throw unsupported("The message has no content_type. " + ADVICE);
    }
    int semicolon = value.indexOf(';');
    String name = semicolon < 0 ? value : value.substring(0, semicolon);
    ContentType type =
        switch (name.strip().toLowerCase(Locale.ROOT)) {
          case ContractNames.JSON -> JSON;
          case ContractNames.CLOUD_EVENT_JSON -> CLOUD_EVENT;
          default -> throw unsupported(phrase(value) + " is not supported. " + ADVICE);
        };
    if (semicolon >= 0 && !isUtf8(value.substring(semicolon + 1))) {
      throw unsupported(phrase(value) + " names another charset than UTF-8. " + ADVICE);
    }
    return type;
  }

  /**
   * @throws RefusedMessage if {@code encoding} is anything but a name for no compression
   */
  static void refuseEncoding(@Nullable String encoding) {
    if (encoding == null || encoding.isEmpty()) {
      return;
    }
    switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "utf-8", "identity" -> {}
      default ->
          throw new RefusedMessage(
              Refusal.UNSUPPORTED_ENCODING,
              "The content_encoding '%s' is not supported. Send the body as it is, without one."
                  .formatted(TextRule.shown(encoding)));
    }
  }

  private static boolean isUtf8(String parameters) {
    for (String parameter : parameters.split(";")) {
      String[] pair = parameter.split("=", 2);
      if (pair.length == 2 && pair[0].strip().equalsIgnoreCase("charset")) {
        String charset = pair[1].strip();
        if (!charset.equalsIgnoreCase("utf-8") && !charset.equalsIgnoreCase("\"utf-8\"")) {
          return false;
        }
      }
    }
    return true;
  }

  private static String phrase(String value) {
    return "The content_type '%s'".formatted(TextRule.shown(value));
  }

  private static RefusedMessage unsupported(String explanation) {
    return new RefusedMessage(Refusal.UNSUPPORTED_CONTENT_TYPE, explanation);
  }
}
