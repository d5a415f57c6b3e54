package io.millrace.client.contract;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes what is said about endpoints as CloudEvents 1.0 in structured mode. The same event always
 * gives the same bytes. Thread-safe.
 */
public final class EndpointEventWriter {

  private final JsonFactory json = new JsonFactory();

  /** The body of the message that announces {@code event}, JSON in UTF-8. */
  public byte[] write(EndpointEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
      generator.writeStartObject();
      generator.writeStringProperty(CloudEvent.SPEC_VERSION, CloudEvent.VERSION);
      generator.writeStringProperty(CloudEvent.ID, event.id());
      generator.writeStringProperty(CloudEvent.SOURCE, OutcomeEvent.SOURCE);
      generator.writeStringProperty(CloudEvent.TYPE, EndpointEvent.TYPE);
      generator.writeStringProperty(CloudEvent.TIME, event.disabledAt().toString());
      generator.writeStringProperty(CloudEvent.SUBJECT, event.endpoint());
      generator.writeStringProperty(CloudEvent.DATA_CONTENT_TYPE, ContractNames.JSON);
      generator.writeStringProperty(CloudEvent.DATA_SCHEMA, EndpointEvent.DATA_SCHEMA);
      generator.writeObjectPropertyStart("data");
      writeData(generator, event);
      generator.writeEndObject();
      generator.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeData(JsonGenerator json, EndpointEvent event) {
    json.writeStringProperty("state", "disabled");
    json.writeStringProperty("tenant", event.tenant());
    json.writeStringProperty("endpoint", event.endpoint());
    json.writeStringProperty("destination", event.destination());
    json.writeStringProperty("reason", event.reason().word());
    Instant failingSince = event.failingSince();
    if (failingSince != null) {
      json.writeStringProperty("failingSince", failingSince.toString());
    }
  }
}
