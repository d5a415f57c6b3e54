package io.millrace.admin.dependencies;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.access.Reads;
import io.millrace.admin.access.WholeSystem;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.dependencies.DependenciesView.DependencyView;
import io.millrace.admin.document.Answers;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.admin.reason.Reason;
import io.millrace.core.dependency.Circuit;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.core.store.BacklogStore;
import io.millrace.core.store.DependencyListing;
import io.millrace.core.store.DependencyStore;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows how other people's systems are, and decides about their circuits. */
@RestController
@RequestMapping("/v1/dependencies")
final class DependencyController {

  private static final int MOST = 1_000;
  private static final int COUNTED = 10_000;

  private final DependencyStore store;
  private final Looks looks;
  private final AuditTrail audit;
  private final TransactionOperations transaction;
  private final InstantSource clock;

  /** What is looked at. */
  record Looks(DependencyListing listing, BacklogStore backlog) {}

  DependencyController(
      DependencyStore store,
      Looks looks,
      AuditTrail audit,
      TransactionOperations transaction,
      InstantSource clock) {
    this.store = store;
    this.looks = looks;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Lists what is, or was, in trouble, what jobs are parked for, and what limits are used. */
  @Reads
  @WholeSystem
  @GetMapping
  DependenciesView all() {
    return DependenciesView.of(
        looks.listing().known(MOST),
        looks.backlog().parked(COUNTED),
        looks.listing().used(),
        COUNTED,
        clock.instant());
  }

  /** Has nobody call it, nor probe it, until that is taken back. */
  @Operates
  @WholeSystem
  @PostMapping("/open")
  DependencyView open(Caller caller, @RequestBody DecisionRequest request) {
    return force(caller, request, Circuit.OPEN);
  }

  /** Has its calls go through, whatever fails, until that is taken back. */
  @Operates
  @WholeSystem
  @PostMapping("/close")
  DependencyView close(Caller caller, @RequestBody DecisionRequest request) {
    return force(caller, request, Circuit.CLOSED);
  }

  /** Leaves its circuit to what happens again; if it is, that changes nothing. */
  @Operates
  @WholeSystem
  @PostMapping("/automatic")
  @Answers(findsNothing = true)
  DependencyView automatic(Caller caller, @RequestBody DecisionRequest request) {
    DependencyKey key = key(request);
    return change(caller, key, "dependency.automatic", _ -> store.automatic(key));
  }

  private DependencyView force(Caller caller, DecisionRequest request, Circuit circuit) {
    DependencyKey key = key(request);
    String reason = Reason.required("reason", request.reason());
    String action = circuit == Circuit.OPEN ? "dependency.open" : "dependency.close";
    return change(
        caller,
        key,
        action,
        before -> {
          boolean same =
              before != null
                  && caller.subject().equals(before.forcedBy())
                  && before.circuit() == circuit
                  && reason.equals(before.reason());
          if (!same) {
            store.force(key, circuit, caller.subject(), reason);
          }
          return !same;
        });
  }

  private DependencyView change(
      Caller caller, DependencyKey key, String action, Predicate<@Nullable DependencyView> change) {
    DependencyView changed =
        transaction.execute(
            _ -> {
              DependencyView before = find(key);
              boolean done = change.test(before);
              DependencyView after = find(key);
              if (done) {
                audit.record(caller, action, "dependencies/" + key, before, after);
              }
              return after;
            });
    if (changed == null) {
      throw new ApiProblem(
          ProblemType.NOT_FOUND, "nothing is known of a dependency '%s'".formatted(key));
    }
    return changed;
  }

  private @Nullable DependencyView find(DependencyKey key) {
    return looks
        .listing()
        .find(key)
        .map(known -> DependencyView.of(known, clock.instant()))
        .orElse(null);
  }

  private static DependencyKey key(DecisionRequest request) {
    try {
      return new DependencyKey(Objects.requireNonNullElse(request.key(), ""));
    } catch (IllegalArgumentException e) {
      throw new ApiProblem(ProblemType.INVALID_BODY, String.valueOf(e.getMessage()), e)
          .with("member", "key");
    }
  }
}
