package io.millrace.client.contract;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * Writes outcomes as CloudEvents 1.0 in structured mode. The same event always gives the same
 * bytes. Thread-safe.
 */
public final class OutcomeEventWriter {

  private final JsonFactory json = new JsonFactory();

  /** The body of the message that announces {@code event}, JSON in UTF-8. */
  public byte[] write(OutcomeEvent event) {
    var recycler = json._getBufferRecycler();
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(recycler)) {
      try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
        writeEnvelope(generator, event);
      }
      return bytes.getClearAndRelease();
    } finally {
      recycler.releaseToPool();
    }
  }

  private static void writeEnvelope(JsonGenerator json, OutcomeEvent event) {
    json.writeStartObject();
    json.writeStringProperty(CloudEvent.SPEC_VERSION, CloudEvent.VERSION);
    json.writeStringProperty(CloudEvent.ID, event.id());
    json.writeStringProperty(CloudEvent.SOURCE, OutcomeEvent.SOURCE);
    json.writeStringProperty(CloudEvent.TYPE, event.type());
    json.writeStringProperty(CloudEvent.TIME, event.time().toString());
    JobId id = event.job().id();
    if (id != null) {
      json.writeStringProperty(CloudEvent.SUBJECT, id.toString());
    }
    json.writeStringProperty(CloudEvent.DATA_CONTENT_TYPE, ContractNames.JSON);
    json.writeStringProperty(CloudEvent.DATA_SCHEMA, OutcomeEvent.DATA_SCHEMA);
    json.writeName("data");
    writeData(json, event);
    json.writeEndObject();
  }

  private static void writeData(JsonGenerator json, OutcomeEvent event) {
    OutcomeEvent.Job job = event.job();
    json.writeStartObject();
    json.writeStringProperty(OutcomeData.STATE, event.outcome().state());
    write(json, OutcomeData.JOB, job.id() == null ? null : job.id().toString());
    write(json, OutcomeData.TENANT, job.tenant());
    write(json, OutcomeData.TYPE, job.type() == null ? null : job.type().name());
    write(json, OutcomeData.MESSAGE_ID, job.messageId());
    json.writeNumberProperty(OutcomeData.ATTEMPT, job.attempt());
    write(json, OutcomeData.CORRELATION_ID, event.correlationId());
    switch (event.outcome()) {
      case Outcome.Succeeded succeeded -> writeResult(json, succeeded.result());
      case Outcome.Failed failed -> writeFailure(json, failed);
      case Outcome.Cancelled cancelled ->
          write(
              json,
              OutcomeData.DUPLICATE_OF,
              cancelled.duplicateOf() == null ? null : cancelled.duplicateOf().toString());
      case Outcome.Expired _ -> {}
      case Outcome.Rejected rejected -> writeRejection(json, rejected);
    }
    json.writeEndObject();
  }

  private static void writeResult(JsonGenerator json, byte @Nullable [] result) {
    if (result != null) {
      json.writeName(OutcomeData.RESULT);
      json.writeRawValue(new RawJson(result));
    }
  }

  private static void writeFailure(JsonGenerator json, Outcome.Failed failed) {
    json.writeObjectPropertyStart(OutcomeData.FAILURE);
    json.writeStringProperty(OutcomeData.FAILURE_CODE, failed.code());
    write(json, OutcomeData.FAILURE_MESSAGE, failed.message());
    json.writeEndObject();
  }

  private static void writeRejection(JsonGenerator json, Outcome.Rejected rejected) {
    json.writeObjectPropertyStart(OutcomeData.REFUSAL);
    json.writeStringProperty(OutcomeData.REFUSAL_REASON, rejected.reason());
    json.writeStringProperty(OutcomeData.REFUSAL_EXPLANATION, rejected.explanation());
    json.writeStringProperty(OutcomeData.REFUSAL_QUARANTINE, rejected.quarantineId());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }
}
