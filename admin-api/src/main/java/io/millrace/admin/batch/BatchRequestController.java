package io.millrace.admin.batch;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.access.WholeSystem;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.document.Answers;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.core.batch.BatchCalendar;
import io.millrace.core.batch.BatchRequest;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRunStore;
import io.millrace.core.batch.KnownBatchJob;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Requests batch runs. */
@RestController
@RequestMapping("/v1/batch-runs")
final class BatchRequestController {

  private static final Logger LOG = LoggerFactory.getLogger(BatchRequestController.class);

  private static final String BY = "api";

  private final BatchRunStore runs;
  private final BatchCalendar calendar;
  private final InstantSource clock;
  private final AuditTrail audit;
  private final TransactionOperations transaction;

  BatchRequestController(
      BatchRunStore runs,
      BatchCalendar calendar,
      InstantSource clock,
      AuditTrail audit,
      TransactionOperations transaction) {
    this.runs = runs;
    this.calendar = calendar;
    this.clock = clock;
    this.audit = audit;
    this.transaction = transaction;
  }

  /**
   * What is to be run.
   *
   * @param parameters without what has a default value; a day may be {@code today} or {@code
   *     yesterday}
   */
  record Wish(@Nullable String job, @Nullable Map<String, @Nullable String> parameters) {}

  /** Accepts a run, which begins as soon as a scheduler has room. */
  @Operates
  @WholeSystem
  @PostMapping
  @Answers(status = 202, located = true)
  ResponseEntity<BatchRunView> request(Caller caller, @RequestBody Wish wish) {
    String job = wish.job();
    if (job == null) {
      throw refused("say which job: {\"job\": \"...\"}; " + known());
    }
    Map<String, String> given = given(wish);
    return switch (Objects.requireNonNull(transaction.execute(_ -> audited(caller, job, given)))) {
      case BatchRequest.Accepted(BatchRun run) -> accepted(run);
      case BatchRequest.Taken(BatchRun run) ->
          throw Refusals.problem(ProblemType.ALREADY_EXISTS, Refusals.taken(run), run);
      case BatchRequest.UnknownJob _ ->
          throw refused("there is no batch job '%s': %s".formatted(job, known()));
      case BatchRequest.WrongParameters(String why) -> throw refused(why);
    };
  }

  private BatchRequest audited(Caller caller, String job, Map<String, String> given) {
    BatchRequest done = runs.request(job, given, calendar.today(clock), BY);
    if (done instanceof BatchRequest.Accepted(BatchRun run)) {
      audit.record(
          caller,
          "batch-run.request",
          "batch-runs/" + run.id(),
          null,
          Map.of("job", job, "parameters", run.parameters(), "state", run.state()));
    }
    return done;
  }

  private static Map<String, String> given(Wish wish) {
    Map<String, String> given = new HashMap<>();
    if (wish.parameters() != null) {
      wish.parameters().forEach((name, value) -> given.put(name, required(name, value)));
    }
    return given;
  }

  private static String required(String name, @Nullable String value) {
    if (value == null) {
      throw refused("%s is null: leave it out, or give a value".formatted(name));
    }
    return value;
  }

  private static ResponseEntity<BatchRunView> accepted(BatchRun run) {
    LOG.atInfo()
        .addKeyValue("run", run.id())
        .addKeyValue("job", run.job())
        .log("batch run requested");
    return ResponseEntity.accepted()
        .location(URI.create("/v1/batch-runs/" + run.id()))
        .body(BatchRunView.of(run));
  }

  private String known() {
    String names = runs.jobs().stream().map(KnownBatchJob::name).collect(Collectors.joining(", "));
    return names.isEmpty() ? "no scheduler has any yet" : "there are " + names;
  }

  private static ApiProblem refused(String why) {
    return new ApiProblem(ProblemType.INVALID_BODY, why);
  }
}
