package io.millrace.worker.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringWriter;
import java.util.Arrays;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A JSON value whose members keep their order and whose numbers keep every digit; blanks between
 * them are left out.
 *
 * @param utf8 not to be changed
 */
@JsonDeserialize(using = RawJson.Reader.class)
record RawJson(byte[] utf8) {

  private static final JsonFactory JSON = new JsonFactory();

  /** Halves of a character, which JSON may spell and UTF-8 cannot. */
  private static final Pattern HALF = Pattern.compile("\\p{Cs}");

  @Override
  public boolean equals(Object other) {
    return other instanceof RawJson that && Arrays.equals(utf8, that.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  /** Without the value, which is the payload's. */
  @Override
  public String toString() {
    return utf8.length + " bytes of JSON";
  }

  /** Copies the value at which a parser stands, token by token, as it is written. */
  static final class Reader extends ValueDeserializer<RawJson> {

    @Override
    public RawJson deserialize(JsonParser parser, DeserializationContext context) {
      StringWriter text = new StringWriter();
      try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
        copy(parser, generator);
      }
      String whole =
          HALF.matcher(text.toString())
              .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
      return new RawJson(whole.getBytes(UTF_8));
    }

    @Override
    public RawJson getNullValue(DeserializationContext context) {
      return new RawJson("null".getBytes(UTF_8));
    }

    private static void copy(JsonParser parser, JsonGenerator generator) {
      JsonToken token = parser.currentToken();
      int depth = 0;
      while (true) {
        write(token, parser, generator);
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 0) {
          return;
        }
        token = parser.nextToken();
      }
    }

    private static void write(JsonToken token, JsonParser parser, JsonGenerator generator) {
      switch (token) {
        case START_OBJECT -> generator.writeStartObject();
        case END_OBJECT -> generator.writeEndObject();
        case START_ARRAY -> generator.writeStartArray();
        case END_ARRAY -> generator.writeEndArray();
        case PROPERTY_NAME -> generator.writeName(parser.currentName());
        case VALUE_STRING -> generator.writeString(parser.getString());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> generator.writeNumber(parser.getString());
        case VALUE_TRUE -> generator.writeBoolean(true);
        case VALUE_FALSE -> generator.writeBoolean(false);
        case VALUE_NULL -> generator.writeNull();
        case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
            throw new IllegalStateException("a parser of JSON has no " + token);
      }
    }
  }
}
