package io.millrace.core.replay;

import io.millrace.client.contract.JobType;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.catalogue.KnownJobType;
import io.millrace.core.catalogue.PayloadSchema;
import io.millrace.core.catalogue.PayloadSchema.Violation;
import io.millrace.core.job.Job;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Edits payloads, and checks what comes of it against the schemas of their types. Schemas are read
 * once for each type. For one thread.
 */
final class Payloads {

  private final JobTypeStore types;
  private final PayloadEdit edit;
  private final Map<JobType, Optional<PayloadSchema>> schemas = new HashMap<>();

  Payloads(JobTypeStore types, PayloadEdit edit) {
    this.types = types;
    this.edit = edit;
  }

  /** What came of editing a payload. */
  sealed interface Edited {

    /** It stays as it came. */
    record Same() implements Edited {}

    /** Another one takes its place. */
    record Other(byte[] payload) implements Edited {}

    /**
     * It would be none that the handler takes.
     *
     * @param violations of the schema, if it is JSON
     */
    record Invalid(String why, List<Violation> violations) implements Edited {}
  }

  /** What the edit makes of the payload of {@code job}. */
  Edited edited(Job job) {
    if (edit instanceof PayloadEdit.Keep) {
      return new Edited.Same();
    }
    byte[] before = job.order().payload();
    try {
      byte[] after = edit.apply(before);
      JsonNode read = ExactJson.read(after);
      List<Violation> violations =
          schemas
              .computeIfAbsent(job.order().type(), this::schema)
              .map(schema -> schema.violations(read))
              .orElseGet(List::of);
      if (!violations.isEmpty()) {
        return new Edited.Invalid(PayloadSchema.inWords(violations), violations);
      }
      return Arrays.equals(before, after) ? new Edited.Same() : new Edited.Other(after);
    } catch (JacksonException e) {
      return new Edited.Invalid("the payload is no JSON: " + e.getOriginalMessage(), List.of());
    }
  }

  private Optional<PayloadSchema> schema(JobType type) {
    return types.find(type).map(KnownJobType::schema).map(PayloadSchema::of);
  }
}
