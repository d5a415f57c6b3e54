package io.millrace.client.contract;

import java.time.Instant;
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
 * Reads what {@link OutcomeEventWriter} writes, for those who listen. What it does not know, it
 * skips, so that a newer engine may say more. Thread-safe.
 */
public final class OutcomeEventReader {

  private static final Set<String> ATTRIBUTES =
      Set.of(CloudEvent.SPEC_VERSION, CloudEvent.SOURCE, CloudEvent.TIME);

  private final JsonFactory json = new JsonFactory();

  /**
   * The event that {@code body} holds.
   *
   * @throws IllegalArgumentException if it is none, or of a state that this version does not know
   */
  public OutcomeEvent read(byte[] body) {
    try {
      CloudEvent event = CloudEventJson.read(body, ATTRIBUTES);
      if (!OutcomeEvent.SOURCE.equals(event.attribute(CloudEvent.SOURCE))) {
        throw new IllegalArgumentException("the CloudEvent is not from " + OutcomeEvent.SOURCE);
      }
      Instant time = Rfc3339.parse(event.required(CloudEvent.TIME));
      byte[] data = event.data();
      if (time == null || data == null) {
        throw new IllegalArgumentException("the outcome event has no usable time or no data");
      }
      return fields(data).toEvent(time);
    } catch (RefusedMessage | JacksonException e) {
      throw new IllegalArgumentException("this is no outcome event: " + e.getMessage(), e);
    }
  }

  private Fields fields(byte[] data) {
    Fields fields = new Fields();
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), data)) {
      fields.readObject(parser, data, "");
    }
    return fields;
  }

  /** The texts of the data by their path, and the result as it stands. */
  private static final class Fields {

    private final Map<String, String> texts = new HashMap<>();
    private byte @Nullable [] result;

    void readObject(JsonParser parser, byte[] data, String path) {
      if (path.isEmpty() && parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("the data of an outcome event is an object");
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken token = parser.nextToken();
        if (path.isEmpty() && name.equals(OutcomeData.RESULT)) {
          result = JsonSlice.cut(parser, data, 0);
        } else if (path.isEmpty() && token == JsonToken.START_OBJECT) {
          readObject(parser, data, name + "/");
        } else if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
          texts.put(path + name, parser.getString());
        } else {
          parser.skipChildren();
        }
      }
    }

    OutcomeEvent toEvent(Instant time) {
      String id = texts.get(OutcomeData.JOB);
      String type = texts.get(OutcomeData.TYPE);
      OutcomeEvent.Job job =
          new OutcomeEvent.Job(
              id == null ? null : JobId.parse(id),
              texts.get(OutcomeData.TENANT),
              type == null ? null : new JobType(type),
              texts.get(OutcomeData.MESSAGE_ID),
              Integer.parseInt(required(OutcomeData.ATTEMPT)));
      return new OutcomeEvent(time, job, outcome(), texts.get(OutcomeData.CORRELATION_ID));
    }

    private Outcome outcome() {
      String state = required(OutcomeData.STATE);
      return switch (state) {
        case "succeeded" -> new Outcome.Succeeded(result);
        case "failed" ->
            new Outcome.Failed(
                required(OutcomeData.FAILURE + "/" + OutcomeData.FAILURE_CODE),
                texts.get(OutcomeData.FAILURE + "/" + OutcomeData.FAILURE_MESSAGE));
        case "cancelled" -> {
          String duplicateOf = texts.get(OutcomeData.DUPLICATE_OF);
          yield new Outcome.Cancelled(duplicateOf == null ? null : JobId.parse(duplicateOf));
        }
        case "expired" -> new Outcome.Expired();
        case "rejected" ->
            new Outcome.Rejected(
                required(OutcomeData.REFUSAL + "/" + OutcomeData.REFUSAL_QUARANTINE),
                required(OutcomeData.REFUSAL + "/" + OutcomeData.REFUSAL_REASON),
                required(OutcomeData.REFUSAL + "/" + OutcomeData.REFUSAL_EXPLANATION));
        default ->
            throw new IllegalArgumentException(
                "the state '%s' is not known".formatted(TextRule.shown(state)));
      };
    }

    private String required(String path) {
      String text = texts.get(path);
      if (text == null) {
        throw new IllegalArgumentException("the outcome event's data lacks " + path);
      }
      return text;
    }
  }
}
