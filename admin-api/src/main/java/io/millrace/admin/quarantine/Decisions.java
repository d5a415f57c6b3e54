package io.millrace.admin.quarantine;

import io.millrace.admin.access.Caller;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.audit.Change;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.admin.quarantine.QuarantinedStore.Decision;
import io.millrace.admin.reason.Reason;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Decides about single messages, each in one transaction: what becomes of a message, that it is
 * noted, and the record of who has done it are there together or not at all.
 */
final class Decisions {

  private final QuarantinedStore store;
  private final Resubmission resubmission;
  private final AuditTrail audit;
  private final TransactionOperations transaction;
  private final InstantSource clock;

  Decisions(
      QuarantinedStore store,
      Resubmission resubmission,
      AuditTrail audit,
      TransactionOperations transaction,
      InstantSource clock) {
    this.store = store;
    this.resubmission = resubmission;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Has a message become a job. */
  QuarantineView resubmit(Caller caller, UUID id, ResubmitRequest request) {
    return resubmit(caller, id, request, null);
  }

  /**
   * The same.
   *
   * @param otherwise whose the job is if the message names nobody
   */
  QuarantineView resubmit(
      Caller caller, UUID id, ResubmitRequest request, @Nullable String otherwise) {
    String note = Reason.optional("note", request.note());
    return decide(
        caller,
        id,
        note,
        whole -> {
          boolean isNobodys = whole.message().envelope().tenant() == null;
          return resubmission.submit(
              caller,
              whole,
              isNobodys && otherwise != null ? request.ofTenant(otherwise) : request);
        });
  }

  /** Gives a message up. */
  QuarantineView discard(Caller caller, UUID id, String note) {
    return decide(caller, id, note, _ -> null);
  }

  /**
   * @param job makes one, and answers its id; or null
   */
  private QuarantineView decide(
      Caller caller, UUID id, String note, Function<QuarantinedWhole, @Nullable UUID> job) {
    QuarantineView decided =
        transaction.execute(
            _ -> {
              QuarantinedWhole whole =
                  store
                      .lock(caller.scope(), id)
                      .orElseThrow(() -> QuarantineController.unknown(id));
              requireOpen(whole.message());
              UUID became = job.apply(whole);
              Decision decision = new Decision(caller.subject(), note, clock.instant());
              if (!store.resolve(caller.scope(), id, decision, became)) {
                throw new IllegalStateException("message %s changed under its lock".formatted(id));
              }
              record(caller, whole.message(), became, note);
              return QuarantineView.of(
                  store.find(caller.scope(), id).map(QuarantinedWhole::message).orElseThrow());
            });
    return Objects.requireNonNull(decided);
  }

  private void record(Caller caller, Quarantined message, @Nullable UUID job, String note) {
    Map<String, String> before =
        Map.of("reason", message.reason(), "type", message.envelope().routingKey());
    Map<String, String> after =
        job == null ? Map.of("note", note) : Map.of("note", note, "job", job.toString());
    audit.record(
        caller,
        new Change(
            job == null ? "quarantine.discard" : "quarantine.resubmit",
            "quarantine/" + message.id(),
            message.envelope().tenant(),
            before,
            after));
  }

  private static void requireOpen(Quarantined message) {
    Quarantined.Resolution resolution = message.resolution();
    if (resolution != null) {
      ApiProblem problem =
          new ApiProblem(
                  ProblemType.WRONG_STATE,
                  "message %s was %s by %s at %s"
                      .formatted(message.id(), resolution.what(), resolution.by(), resolution.at()))
              .with("state", resolution.what());
      throw resolution.job() == null ? problem : problem.with("job", resolution.job());
    }
  }
}
