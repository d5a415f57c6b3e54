package io.millrace.worker.httpcall;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A JSON value of any kind as it was written: the digits of its numbers and the order of its
 * members are kept, only the space between them is not.
 *
 * @param utf8 not to be changed
 */
@JsonDeserialize(using = JsonText.Reader.class)
public record JsonText(byte[] utf8) {

  /** Copies token by token; nothing becomes a number on the way. */
  static final class Reader extends ValueDeserializer<JsonText> {

    @Override
    public JsonText deserialize(JsonParser parser, DeserializationContext context) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (JsonGenerator json =
          context.tokenStreamFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
        int depth = 0;
        do {
          depth += copy(parser, json);
        } while (depth > 0 && parser.nextToken() != null);
      }
      return new JsonText(bytes.toByteArray());
    }

    /** Answers how much deeper the next token is. */
    private static int copy(JsonParser parser, JsonGenerator json) {
      JsonToken token = parser.currentToken();
      if (token.isNumeric()) {
        json.writeNumber(parser.getString());
        return 0;
      }
      json.copyCurrentEvent(parser);
      if (token.isStructStart()) {
        return 1;
      }
      return token.isStructEnd() ? -1 : 0;
    }

    @Override
    public JsonText getNullValue(DeserializationContext context) {
      return new JsonText(new byte[] {'n', 'u', 'l', 'l'});
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
      return null;
    }
  }
}
