package io.millrace.client.contract;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent of version 1.0 (CloudEvents 1.0.2, sections 2 and 3).
 *
 * @param attributes those that the contract knows, by their CloudEvents names
 * @param data the value of {@code data}, as its bytes came
 */
record CloudEvent(Map<String, String> attributes, byte @Nullable [] data) {

  static final String SPEC_VERSION = "specversion";
  static final String ID = "id";
  static final String TYPE = "type";
  static final String SOURCE = "source";
  static final String SUBJECT = "subject";
  static final String TIME = "time";
  static final String DATA_CONTENT_TYPE = "datacontenttype";
  static final String DATA_SCHEMA = "dataschema";
  static final String VERSION = "1.0";

  CloudEvent {
    attributes = Map.copyOf(attributes);
  }

  @Nullable String attribute(String name) {
    return attributes.get(name);
  }

  /**
   * The attribute that every CloudEvent has to have.
   *
   * @throws RefusedMessage if this one has not
   */
  String required(String name) {
    String value = attributes.get(name);
    if (value == null || value.isEmpty()) {
      throw invalid("The CloudEvent has no '%s'. Every CloudEvent needs one.".formatted(name));
    }
    return value;
  }

  static RefusedMessage invalid(String explanation) {
    return new RefusedMessage(Refusal.INVALID_CLOUD_EVENT, explanation);
  }
}
