package io.millrace.admin.replays;

import io.millrace.admin.access.Caller;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.client.contract.JobId;
import io.millrace.core.failure.FailedJobs;
import io.millrace.core.failure.FailureStore;
import io.millrace.core.replay.NewReplay;
import io.millrace.core.replay.Replay;
import io.millrace.core.replay.ReplayChange;
import io.millrace.core.replay.ReplayCreation;
import io.millrace.core.replay.ReplayProperties;
import io.millrace.core.replay.ReplayState;
import io.millrace.core.replay.ReplayStore;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionOperations;

/** Changes replays as callers ask for it, and records that they did. */
final class ReplayRequests {

  private static final int SAMPLES = 10;

  private final ReplayStore replays;
  private final FailureStore failures;
  private final ReplayProperties usual;
  private final AuditTrail audit;
  private final TransactionOperations transaction;

  ReplayRequests(
      ReplayStore replays,
      FailureStore failures,
      ReplayProperties usual,
      AuditTrail audit,
      TransactionOperations transaction) {
    this.replays = replays;
    this.failures = failures;
    this.usual = usual;
    this.audit = audit;
    this.transaction = transaction;
  }

  static ApiProblem unknown(UUID id) {
    return new ApiProblem(ProblemType.NOT_FOUND, "there is no replay " + id);
  }

  DryRunView dryRun(Caller caller, Wish wish) {
    FailedJobs jobs = wish.jobs();
    wish.manner(usual);
    return new DryRunView(
        failures.count(caller.scope(), jobs),
        failures.latest(caller.scope(), jobs, SAMPLES).stream().map(JobId::value).toList());
  }

  Replay create(Caller caller, Wish wish, String key) {
    NewReplay order =
        new NewReplay(caller.subject(), key, caller.scope(), wish.jobs(), wish.manner(usual));
    return switch (inTransaction(() -> create(caller, order))) {
      case ReplayCreation.Created(Replay replay) -> replay;
      case ReplayCreation.Repeated(Replay replay) -> replay;
      case ReplayCreation.KeyTaken(UUID other) ->
          throw new ApiProblem(
                  ProblemType.CONFLICT,
                  "you have asked for something else with this Idempotency-Key, which became replay %s: give each replay a key of its own"
                      .formatted(other))
              .with("replay", other);
      case ReplayCreation.AlreadyActive(UUID other) -> throw active(other);
    };
  }

  private ReplayCreation create(Caller caller, NewReplay order) {
    ReplayCreation creation = replays.create(order);
    if (creation instanceof ReplayCreation.Created(Replay replay)) {
      audit.record(caller, "replay.create", "replays/" + replay.id(), null, ReplayView.of(replay));
    }
    return creation;
  }

  Replay stop(Caller caller, UUID id) {
    return switch (inTransaction(
        () -> recorded(caller, "replay.stop", replays.stop(id, caller.scope())))) {
      case ReplayChange.Changed(Replay replay) -> replay;
      case ReplayChange.Impossible(Replay replay) when replay.state() == ReplayState.STOPPED ->
          replay;
      case ReplayChange.Impossible(Replay replay) -> throw done(replay, "stop");
      case ReplayChange.AlreadyActive(UUID other) -> throw active(other);
      case ReplayChange.Unknown() -> throw unknown(id);
    };
  }

  Replay resume(Caller caller, UUID id) {
    return switch (inTransaction(
        () -> recorded(caller, "replay.resume", replays.resume(id, caller.scope())))) {
      case ReplayChange.Changed(Replay replay) -> replay;
      case ReplayChange.Impossible(Replay replay) when replay.state().isActive() -> replay;
      case ReplayChange.Impossible(Replay replay) -> throw done(replay, "resume");
      case ReplayChange.AlreadyActive(UUID other) -> throw active(other);
      case ReplayChange.Unknown() -> throw unknown(id);
    };
  }

  private ReplayChange recorded(Caller caller, String action, ReplayChange change) {
    if (change instanceof ReplayChange.Changed(Replay replay)) {
      audit.record(
          caller,
          action,
          "replays/" + replay.id(),
          null,
          Map.of("state", replay.state(), "replayed", replay.counts().replayed()));
    }
    return change;
  }

  private static ApiProblem done(Replay replay, String what) {
    return new ApiProblem(
            ProblemType.ALREADY_ENDED,
            "replay %s is %s: there is nothing to %s".formatted(replay.id(), replay.state(), what))
        .with("state", replay.state());
  }

  private static ApiProblem active(UUID other) {
    return new ApiProblem(
            ProblemType.ALREADY_EXISTS,
            "replay %s is at these jobs already: watch it, or stop it first".formatted(other))
        .with("replay", other);
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(_ -> work.get()));
  }
}
