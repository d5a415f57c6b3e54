package io.millrace.admin.jobs;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.audit.Change;
import io.millrace.admin.document.Answers;
import io.millrace.admin.parameter.Parameters;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobOptions;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.catalogue.KnownJobType;
import io.millrace.core.catalogue.PayloadSchema;
import io.millrace.core.catalogue.PayloadSchema.Violation;
import io.millrace.core.store.EnqueueStore;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes jobs from whoever has no way to the broker. */
@RestController
@RequestMapping("/v1/jobs")
final class SubmitController {

  private static final String KEY = "Idempotency-Key";
  private static final String SOURCE = "/v1/jobs";

  private final JobTypeStore types;
  private final EnqueueStore store;
  private final JobViews views;
  private final AuditTrail audit;
  private final TransactionOperations transaction;

  SubmitController(
      JobTypeStore types,
      EnqueueStore store,
      JobViews views,
      AuditTrail audit,
      TransactionOperations transaction) {
    this.types = types;
    this.store = store;
    this.views = views;
    this.audit = audit;
    this.transaction = transaction;
  }

  /**
   * A job, as the message contract has it.
   *
   * @param payload any JSON but null
   * @param lane NORMAL unless it says otherwise
   * @param dueAt not to be started before; at once if it is left out
   * @param deadline not to be started after
   */
  record Submission(
      @Nullable String tenant,
      @Nullable String type,
      @Nullable JsonNode payload,
      @Nullable Lane lane,
      @Nullable Instant dueAt,
      @Nullable Instant deadline,
      @Nullable String uniqueKey,
      @Nullable String concurrencyKey,
      @Nullable String subject) {

    JobOptions options() {
      if (dueAt != null && deadline != null && dueAt.isAfter(deadline)) {
        throw new ApiProblem(
                ProblemType.INVALID_BODY,
                "dueAt, %s, is after the deadline, %s: it could never be started"
                    .formatted(dueAt, deadline))
            .with("member", "dueAt");
      }
      return new JobOptions(
          lane == null ? Lane.NORMAL : lane,
          dueAt,
          deadline,
          Parameters.name("uniqueKey", uniqueKey),
          Parameters.name("concurrencyKey", concurrencyKey),
          Parameters.name("subject", subject),
          null,
          null,
          null,
          SOURCE);
    }
  }

  /**
   * Accepts a job.
   *
   * @param key its message id: the same one again, with the same type and payload, is the same job
   */
  @Operates
  @PostMapping
  @Answers(status = 202, located = true, tagged = true)
  ResponseEntity<JobView> submit(
      Caller caller,
      @RequestHeader(name = KEY, required = false) @Nullable String key,
      @RequestBody Submission job) {
    String messageId = required(KEY, Parameters.name(KEY, key));
    String tenant = required("tenant", Parameters.name("tenant", job.tenant()));
    JobType type = Objects.requireNonNull(Parameters.type(required("type", job.type())));
    byte[] payload = payload(job);
    JobOptions options = job.options();
    if (!caller.scope().includes(tenant, type.name())) {
      throw new ApiProblem(
          ProblemType.FORBIDDEN,
          "your token is not for jobs of type %s of tenant %s".formatted(type, tenant));
    }
    check(caller, type, Objects.requireNonNull(job.payload()));
    JobId id = JobId.of(tenant, messageId);
    transaction.executeWithoutResult(
        _ -> {
          if (requireRecorded(store.enqueue(tenant, type, messageId, payload, options), id)) {
            audit.record(
                caller,
                new Change("job.submit", "jobs/" + id, tenant, null, Map.of("type", type.name())));
          }
        });
    return views.shown(
        ResponseEntity.accepted().location(URI.create("/v1/jobs/" + id)),
        caller,
        views.find(caller, id, JobViews.noJob(id)));
  }

  /** Whether it is new. */
  private static boolean requireRecorded(EnqueueStore.Result result, JobId id) {
    return switch (result) {
      case EnqueueStore.Result.New() -> true;
      case EnqueueStore.Result.Known() -> false;
      case EnqueueStore.Result.Taken() ->
          throw new ApiProblem(
                  ProblemType.CONFLICT,
                  "this Idempotency-Key names an earlier job of the tenant, with another type or payload: give each job a key of its own")
              .with("job", id.value());
      case EnqueueStore.Result.Refused(String why) ->
          throw new ApiProblem(ProblemType.INVALID_REQUEST, why);
    };
  }

  private void check(Caller caller, JobType type, JsonNode payload) {
    KnownJobType known = types.find(type).orElseThrow(() -> unknown(caller, type));
    String schema = known.schema();
    List<Violation> violations =
        schema == null ? List.of() : PayloadSchema.of(schema).violations(payload);
    if (!violations.isEmpty()) {
      throw invalid(PayloadSchema.inWords(violations), violations);
    }
  }

  /** The answer to a payload that its handler would not take. */
  static ApiProblem invalid(String why, List<Violation> violations) {
    return new ApiProblem(ProblemType.INVALID_PAYLOAD, why).with("violations", violations);
  }

  private ApiProblem unknown(Caller caller, JobType type) {
    List<String> known =
        types.all().stream()
            .map(each -> each.type().name())
            .filter(caller.scope()::includesType)
            .toList();
    return new ApiProblem(
            ProblemType.UNKNOWN_TYPE,
            "no worker has ever had a handler for jobs of type %s: GET /v1/job-types lists those there are"
                .formatted(type))
        .with("known", known);
  }

  private static byte[] payload(Submission job) {
    JsonNode payload = job.payload();
    if (payload == null || payload.isNull()) {
      throw Parameters.invalid("payload", "payload is missing, or null, which no handler takes");
    }
    byte[] json = JsonMapper.shared().writeValueAsBytes(payload);
    if (json.length > ContractNames.DEFAULT_MAX_BODY_BYTES) {
      throw new ApiProblem(
          ProblemType.TOO_LARGE,
          "the payload has %d bytes, and may have %d"
              .formatted(json.length, ContractNames.DEFAULT_MAX_BODY_BYTES));
    }
    return json;
  }

  private static String required(String name, @Nullable String value) {
    if (value == null) {
      throw new ApiProblem(ProblemType.MISSING_PARAMETER, name + " is missing")
          .with("parameter", name);
    }
    return value;
  }
}
