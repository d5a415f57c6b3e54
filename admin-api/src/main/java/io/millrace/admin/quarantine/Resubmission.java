package io.millrace.admin.quarantine;

import io.millrace.admin.access.Caller;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.client.EnqueuedJob;
import io.millrace.client.JobOutbox;
import io.millrace.client.contract.JobMessage;
import io.millrace.client.contract.JobMessageReader;
import io.millrace.client.contract.Reading;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.catalogue.KnownJobType;
import io.millrace.core.catalogue.PayloadSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a job of a message in the transaction at hand: it is read as a worker reads it, and checked
 * against its type. Only rows are written, so that the message has become a job if and only if that
 * is noted with it.
 */
final class Resubmission {

  private final JobMessageReader reader;
  private final JobOutbox outbox;
  private final JobTypeStore types;
  private final DataSource source;
  private final SQLExceptionTranslator translator;

  /**
   * @param mostBytes the largest body
   */
  Resubmission(
      int mostBytes, JobTypeStore types, DataSource source, SQLExceptionTranslator translator) {
    this.reader = new JobMessageReader(mostBytes);
    this.outbox = JobOutbox.create().withMaxPayloadBytes(mostBytes);
    this.types = types;
    this.source = source;
    this.translator = translator;
  }

  /**
   * Enqueues the job.
   *
   * @throws ApiProblem if the message still cannot become one, or the caller may not have it become
   *     that
   */
  UUID submit(Caller caller, QuarantinedWhole whole, ResubmitRequest request) {
    JobMessage message =
        switch (request.applyTo(whole).read(reader)) {
          case Reading.Readable(JobMessage readable, _) -> readable;
          case Reading.Refused(var why, String explanation, _) ->
              throw refused(explanation).with("reason", why.name());
        };
    String tenant = message.tenant();
    if (tenant == null) {
      throw refused("the message names no tenant: say in 'tenant' whose job it is to be");
    }
    if (!caller.scope().includes(tenant, message.type().name())) {
      throw new ApiProblem(
          ProblemType.FORBIDDEN,
          "jobs of type '%s' of the tenant '%s' are not yours".formatted(message.type(), tenant));
    }
    requireFit(message);
    return enqueue(message);
  }

  private void requireFit(JobMessage message) {
    KnownJobType type =
        types
            .find(message.type())
            .orElseThrow(
                () ->
                    refused(
                        "no worker has ever had a handler of the type '%s'"
                            .formatted(message.type())));
    JsonNode payload = payload(message);
    String schema = type.schema();
    if (schema != null) {
      List<PayloadSchema.Violation> violations = PayloadSchema.of(schema).violations(payload);
      if (!violations.isEmpty()) {
        throw refused(PayloadSchema.inWords(violations)).with("violations", violations);
      }
    }
  }

  private static JsonNode payload(JobMessage message) {
    try {
      return JsonMapper.shared().readTree(message.payload());
    } catch (JacksonException e) {
      throw refused("the payload is not JSON: " + e.getOriginalMessage());
    }
  }

  private UUID enqueue(JobMessage message) {
    var connection = DataSourceUtils.getConnection(source);
    try {
      EnqueuedJob job = outbox.enqueue(connection, message);
      return job.id().value();
    } catch (SQLException e) {
      if (JobOutbox.MESSAGE_ID_REUSED.equals(e.getSQLState())) {
        throw new ApiProblem(
            ProblemType.ALREADY_EXISTS,
            "the message id '%s' belongs to an earlier job with another type or payload: give this one another, in 'messageId'"
                .formatted(message.messageId()),
            e);
      }
      throw translated(e);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    } finally {
      DataSourceUtils.releaseConnection(connection, source);
    }
  }

  private RuntimeException translated(SQLException e) {
    RuntimeException translated = translator.translate("enqueue a job", null, e);
    return translated == null ? new IllegalStateException(e) : translated;
  }

  private static ApiProblem refused(String why) {
    return new ApiProblem(ProblemType.UNUSABLE_MESSAGE, why);
  }
}
