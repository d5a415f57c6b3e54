package io.millrace.scheduler.fileimport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/** Takes a line that is JSON as it is, without the white space around it. */
final class JsonReading implements LineReading {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final String id;
  private final String subject;

  JsonReading(FileImportProperties.Jobs settings) {
    this.id = settings.id();
    this.subject = settings.subject();
  }

  @Override
  public Content read(byte[] line) throws RejectedLineException {
    Found found = new Found();
    try (JsonParser parser = JSON.createParser(Utf8.text(line))) { // text: no guess at encodings
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        members(parser, found);
      } else if (!id.isEmpty() || !subject.isEmpty()) {
        throw new RejectedLineException("the line is no JSON object");
      } else {
        parser.skipChildren();
        parser.finishToken();
      }
      if (parser.nextToken() != null) {
        throw new RejectedLineException("something follows the JSON");
      }
    } catch (JacksonException e) {
      throw new RejectedLineException("the line is not JSON: " + explanation(e));
    }
    if (!id.isEmpty() && found.id == null) {
      throw new RejectedLineException("there is no member '%s'".formatted(id));
    }
    return new Content(trimmed(line), found.id, found.subject);
  }

  private void members(JsonParser parser, Found found) throws RejectedLineException {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      boolean isId = name.equals(id);
      boolean isSubject = name.equals(subject);
      if (isId) {
        found.id = text(parser, value, name, found.id);
      }
      if (isSubject) {
        found.subject = text(parser, value, name, found.subject);
      }
      if (!isId && !isSubject) {
        parser.skipChildren();
        parser.finishToken();
      }
    }
  }

  private static @Nullable String text(
      JsonParser parser, JsonToken value, String name, @Nullable String before)
      throws RejectedLineException {
    if (before != null) {
      throw new RejectedLineException("there are two members '%s'".formatted(name));
    }
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NUMBER_INT) {
      throw new RejectedLineException(
          "the member '%s' is neither a string nor a whole number".formatted(name));
    }
    return parser.getString();
  }

  private static String explanation(JacksonException e) {
    TokenStreamLocation where = e.getLocation();
    String what = String.valueOf(e.getOriginalMessage());
    return where == null || where.getColumnNr() < 1
        ? what
        : "%s (column %d)".formatted(what, where.getColumnNr());
  }

  private static byte[] trimmed(byte[] line) {
    int start = 0;
    int end = line.length;
    while (start < end && line[start] <= ' ' && line[start] > 0) {
      start++;
    }
    while (end > start && line[end - 1] <= ' ' && line[end - 1] > 0) {
      end--;
    }
    return start == 0 && end == line.length ? line : Arrays.copyOfRange(line, start, end);
  }

  private static final class Found {
    private @Nullable String id;
    private @Nullable String subject;
  }
}
