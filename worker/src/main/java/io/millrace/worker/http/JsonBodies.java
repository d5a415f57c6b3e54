package io.millrace.worker.http;

import io.millrace.handler.PermanentFailure;
import io.millrace.handler.http.HttpResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Bodies in JSON: records to bytes, and answers to records. */
final class JsonBodies {

  /** Others add members to their answers without asking. */
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private JsonBodies() {}

  /**
   * @throws PermanentFailure if it cannot be written
   */
  static byte[] write(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new PermanentFailure(
          value.getClass().getSimpleName()
              + " cannot be written as JSON: "
              + e.getOriginalMessage(),
          e);
    }
  }

  /** Of what is known to be writable. */
  static String text(Object value) {
    return JSON.writeValueAsString(value);
  }

  /**
   * @throws PermanentFailure if the answer was cut, or is no JSON of that kind; the message says
   *     where, and nothing of what is there
   */
  static <T> T read(HttpResponse response, Class<T> type) {
    String wanted = type.getSimpleName();
    if (response.truncated()) {
      throw new PermanentFailure(
          "the answer is no "
              + wanted
              + ", since it was cut after "
              + response.body().length
              + " bytes; the setting millrace.http.max-response allows more");
    }
    T value;
    try {
      value = JSON.readValue(response.body(), type);
    } catch (JacksonException e) {
      throw new PermanentFailure("the answer is no " + wanted + " in JSON" + place(e));
    }
    if (value == null) {
      throw new PermanentFailure("the answer is null, and no " + wanted);
    }
    return value;
  }

  private static String place(JacksonException e) {
    StringBuilder place = new StringBuilder();
    if (e instanceof DatabindException databind && !databind.getPath().isEmpty()) {
      place.append(", at $");
      databind
          .getPath()
          .forEach(
              step ->
                  place.append(
                      step.getPropertyName() == null
                          ? "[" + step.getIndex() + "]"
                          : "." + step.getPropertyName()));
    }
    TokenStreamLocation location = e.getLocation();
    if (location != null && location.getLineNr() > 0) {
      place.append(", line ").append(location.getLineNr());
      place.append(", column ").append(location.getColumnNr());
    }
    return place.toString();
  }
}
