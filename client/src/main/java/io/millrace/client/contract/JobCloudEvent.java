package io.millrace.client.contract;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the CloudEvent in a job message: in its headers (binary mode) or in its body (structured
 * mode), as the AMQP protocol binding of CloudEvents 1.0.2 lays it out.
 */
final class JobCloudEvent {

  private static final Set<String> KNOWN =
      Stream.concat(
              Stream.of(
                  CloudEvent.SPEC_VERSION,
                  CloudEvent.ID,
                  CloudEvent.TYPE,
                  CloudEvent.SOURCE,
                  CloudEvent.DATA_CONTENT_TYPE),
              Arrays.stream(JobHeader.values()).map(JobHeader::attribute))
          .collect(toUnmodifiableSet());

  private JobCloudEvent() {}

  /**
   * The CloudEvent of a message; null if it is a plain one.
   *
   * @throws RefusedMessage if the content is of no form that the contract knows, or the event is
   *     not valid
   */
  static @Nullable CloudEvent in(
      BasicProperties properties, Map<String, Object> headers, byte[] body) {
    ContentType.refuseEncoding(properties.getContentEncoding());
    ContentType contentType = ContentType.of(properties.getContentType());
    CloudEvent event =
        switch (contentType) {
          case CLOUD_EVENT -> CloudEventJson.read(body, KNOWN);
          case JSON -> binary(headers, body);
        };
    if (event == null) {
      return null;
    }
    String version = event.required(CloudEvent.SPEC_VERSION);
    if (!version.equals(CloudEvent.VERSION)) {
      throw CloudEvent.invalid(
          "The CloudEvent has the specversion '%s'. Version 1.0 is read."
              .formatted(TextRule.shown(version)));
    }
    return event;
  }

  /** The input of the job. */
  static byte[] payload(CloudEvent event) {
    String type = event.attribute(CloudEvent.DATA_CONTENT_TYPE);
    if (type != null && ContentType.of(type) != ContentType.JSON) {
      throw new RefusedMessage(
          Refusal.UNSUPPORTED_CONTENT_TYPE,
          "The CloudEvent's datacontenttype '%s' is not supported. Send its data as 'application/json'."
              .formatted(TextRule.shown(type)));
    }
    byte[] data = event.data();
    if (data == null) {
      throw CloudEvent.invalid("The CloudEvent has no data. Send the job's input as its data.");
    }
    return data;
  }

  static String source(CloudEvent event) {
    String source = event.required(CloudEvent.SOURCE);
    String violation = TextRule.SOURCE.violation(source);
    if (violation != null) {
      throw CloudEvent.invalid(
          "The CloudEvent's source %s. Use a URI of 1 to %d characters."
              .formatted(violation, TextRule.SOURCE.maxLength()));
    }
    return source;
  }

  private static @Nullable CloudEvent binary(Map<String, Object> headers, byte[] body) {
    Map<String, String> attributes = null;
    for (String header : headers.keySet()) {
      if (isOfCloudEvent(header)) {
        attributes = attributes == null ? new HashMap<>() : attributes;
        collect(attributes, headers, header);
      }
    }
    return attributes == null ? null : new CloudEvent(attributes, body);
  }

  private static boolean isOfCloudEvent(String header) {
    return header.startsWith(ContractNames.CLOUD_EVENTS_COLON)
        || header.startsWith(ContractNames.CLOUD_EVENTS_UNDERSCORE);
  }

  private static void collect(
      Map<String, String> attributes, Map<String, Object> headers, String header) {
    String name = header.substring(ContractNames.CLOUD_EVENTS_COLON.length());
    String value = KNOWN.contains(name) ? HeaderText.of(headers, header) : null;
    if (value == null) {
      return;
    }
    String other = attributes.put(name, value);
    if (other != null && !other.equals(value)) {
      throw new RefusedMessage(
          Refusal.CONTRADICTION,
          "The CloudEvents attribute '%s' comes as '%s' and as '%s'. Send it once."
              .formatted(name, TextRule.shown(other), TextRule.shown(value)));
    }
  }
}
