package io.millrace.client.contract;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON form of one CloudEvent (CloudEvents JSON Event Format 1.0.2) in one pass. The
 * value of {@code data} is cut out of the body as it stands, so that no number loses a digit.
 */
final class CloudEventJson {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final JsonFactory JSON = new JsonFactory();

  private final Set<String> known;
  private final byte[] body;
  private final int start;
  private final Map<String, String> attributes = new HashMap<>();
  private byte @Nullable [] data;

  private CloudEventJson(byte[] body, Set<String> known) {
    this.body = body;
    this.known = known;
    boolean marked =
        body.length >= BYTE_ORDER_MARK.length
            && Arrays.mismatch(body, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length;
    this.start = marked ? BYTE_ORDER_MARK.length : 0;
  }

  /**
   * The CloudEvent that {@code body} holds, with those of its attributes whose names are {@code
   * known}.
   *
   * @throws RefusedMessage if it holds none
   */
  static CloudEvent read(byte[] body, Set<String> known) {
    return new CloudEventJson(body, known).read();
  }

  private CloudEvent read() {
    try (JsonParser parser =
        JSON.createParser(ObjectReadContext.empty(), body, start, body.length - start)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw CloudEvent.invalid("The body of a CloudEvent has to be a JSON object.");
      }
      if (parser.currentLocation().getByteOffset() < 0) {
        throw new RefusedMessage(
            Refusal.MALFORMED_JSON, "The body is not UTF-8. Encode the CloudEvent in UTF-8.");
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        readMember(parser, name);
      }
      if (parser.nextToken() != null) {
        throw CloudEvent.invalid("Something follows the CloudEvent. Send one in a message.");
      }
      return new CloudEvent(attributes, data);
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  private void readMember(JsonParser parser, String name) {
    switch (name) {
      case "data" -> {
        refuseSecondData();
        data = JsonSlice.cut(parser, body, start);
      }
      case "data_base64" -> {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
          refuseSecondData();
          data = decoded(text(parser, name));
        }
      }
      default -> {
        if (known.contains(name) && parser.currentToken() != JsonToken.VALUE_NULL) {
          if (attributes.put(name, text(parser, name)) != null) {
            throw CloudEvent.invalid("The CloudEvent has '%s' twice.".formatted(name));
          }
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private void refuseSecondData() {
    if (data != null) {
      throw CloudEvent.invalid("The CloudEvent has its data twice. Leave out one of the two.");
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw CloudEvent.invalid("The CloudEvent's 'data_base64' is not Base64 (RFC 4648).");
    }
  }

  private static String text(JsonParser parser, String name) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw CloudEvent.invalid(
          "The CloudEvent's '%s' has to be a string. Put it into quotation marks.".formatted(name));
    }
    return parser.getString();
  }

  /** Tells the place and not what stands there, which is the payload's. */
  private static RefusedMessage malformed(JacksonException e) {
    var location = e.getLocation();
    String place =
        location == null
            ? ""
            : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    return new RefusedMessage(
        Refusal.MALFORMED_JSON,
        "The body of the CloudEvent is not JSON in UTF-8%s. Check how it is written."
            .formatted(place));
  }
}
