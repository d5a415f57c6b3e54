package io.millrace.admin.batch;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.access.Reads;
import io.millrace.admin.access.WholeSystem;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.document.Answers;
import io.millrace.admin.etag.EntityTag;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.core.batch.BatchChange;
import io.millrace.core.batch.BatchPartition;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRunState;
import io.millrace.core.batch.BatchRunStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows batch runs, stops them, and has them go on. */
@RestController
@RequestMapping("/v1/batch-runs")
final class BatchRunController {

  private static final Logger LOG = LoggerFactory.getLogger(BatchRunController.class);

  private static final int MOST_RUNS = 500;
  private static final int MOST_SKIPPED = 10_000;

  private final BatchRunStore runs;
  private final AuditTrail audit;
  private final TransactionOperations transaction;

  BatchRunController(BatchRunStore runs, AuditTrail audit, TransactionOperations transaction) {
    this.runs = runs;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** Lists the latest runs, the newest first. */
  @Reads
  @WholeSystem
  @GetMapping
  BatchRunListView latest(
      @RequestParam(required = false) @Nullable String job,
      @RequestParam(defaultValue = "50") int limit) {
    requireLimit(limit, MOST_RUNS);
    return BatchRunListView.of(runs.latest(Optional.ofNullable(job), limit));
  }

  /** Shows a run, its parts and its control totals. */
  @Reads
  @WholeSystem
  @GetMapping("/{id}")
  @Answers(tagged = true)
  ResponseEntity<BatchRunDetailView> byId(@PathVariable UUID id) {
    BatchRun run = run(id);
    List<BatchPartition> partitions = runs.partitions(id);
    return ResponseEntity.ok()
        .eTag(tag(run).value())
        .body(BatchRunDetailView.of(run, partitions, runs.totals(id)));
  }

  /** Lists what a run has left out, in order. */
  @Reads
  @WholeSystem
  @GetMapping("/{id}/skipped")
  SkippedItemsView skipped(@PathVariable UUID id, @RequestParam(defaultValue = "100") int limit) {
    requireLimit(limit, MOST_SKIPPED);
    run(id);
    return SkippedItemsView.of(runs.skipped(id, limit));
  }

  /**
   * Stops a run, at the end of its chunk if it runs; once it has, doing it again changes nothing.
   */
  @Operates
  @WholeSystem
  @PostMapping("/{id}/stop")
  BatchRunView stop(
      Caller caller,
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    tag(run(id)).require(ifMatch);
    return change(caller, "stop", runs::stop, id, BatchRunState.STOPPED, Refusals::stop);
  }

  /** Has a run that has stopped or failed go on where it was. */
  @Operates
  @WholeSystem
  @PostMapping("/{id}/restart")
  BatchRunView restart(
      Caller caller,
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    tag(run(id)).require(ifMatch);
    return change(caller, "restart", runs::restart, id, null, Refusals::restart);
  }

  /** Gives up a run that has stopped or failed; once it is, doing it again changes nothing. */
  @Operates
  @WholeSystem
  @PostMapping("/{id}/abandon")
  BatchRunView abandon(
      Caller caller,
      @PathVariable UUID id,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    tag(run(id)).require(ifMatch);
    return change(caller, "abandon", runs::abandon, id, BatchRunState.ABANDONED, Refusals::abandon);
  }

  private BatchRunView change(
      Caller caller,
      String what,
      Function<UUID, BatchChange> change,
      UUID id,
      @Nullable BatchRunState wished,
      Function<BatchRun, String> refusal) {
    BatchChange done =
        Objects.requireNonNull(transaction.execute(_ -> audited(caller, what, change, id)));
    return switch (done) {
      case BatchChange.Changed(BatchRun run) -> {
        LOG.atInfo()
            .addKeyValue("run", id)
            .addKeyValue("job", run.job())
            .addKeyValue("by", what)
            .log("batch run changed by request");
        yield BatchRunView.of(run);
      }
      case BatchChange.Impossible(BatchRun run) when run.state() == wished -> BatchRunView.of(run);
      case BatchChange.Impossible(BatchRun run) ->
          throw Refusals.problem(ProblemType.WRONG_STATE, refusal.apply(run), run);
      case BatchChange.Unknown() -> throw unknown(id);
    };
  }

  private BatchChange audited(
      Caller caller, String what, Function<UUID, BatchChange> change, UUID id) {
    BatchRun before = run(id);
    BatchChange done = change.apply(id);
    if (done instanceof BatchChange.Changed(BatchRun after)) {
      audit.record(
          caller, "batch-run." + what, "batch-runs/" + id, Standing.of(before), Standing.of(after));
    }
    return done;
  }

  /** What of a run changes by request. */
  private record Standing(String job, BatchRunState state, boolean stopRequested) {

    static Standing of(BatchRun run) {
      return new Standing(run.job(), run.state(), run.stopRequested());
    }
  }

  /** Whatever a partition does is in the progress of its run. */
  private static EntityTag tag(BatchRun run) {
    return EntityTag.of(
        run.state(),
        run.stopRequested(),
        run.owner(),
        run.begun(),
        run.startedAt(),
        run.endedAt(),
        run.progress(),
        run.message());
  }

  private BatchRun run(UUID id) {
    return runs.find(id).orElseThrow(() -> unknown(id));
  }

  private static ApiProblem unknown(UUID id) {
    return new ApiProblem(ProblemType.NOT_FOUND, "there is no batch run " + id);
  }

  private static void requireLimit(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw new ApiProblem(
              ProblemType.INVALID_PARAMETER,
              "limit is %d and has to be 1 to %d".formatted(limit, most))
          .with("parameter", "limit");
    }
  }
}
