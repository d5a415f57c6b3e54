package io.millrace.admin.quarantine;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.admin.quarantine.QuarantinedStore.Filter;
import io.millrace.admin.reason.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Has messages in quarantine become jobs, or gives them up. */
@RestController
@RequestMapping("/v1/quarantine")
final class DecisionController {

  private static final int MOST = 500;
  private static final int USUAL = 100;

  private final QuarantinedStore store;
  private final Decisions decisions;

  DecisionController(QuarantinedStore store, Decisions decisions) {
    this.store = store;
    this.decisions = decisions;
  }

  /** Has a message become a job, as it came or changed. Of several who do that, one succeeds. */
  @Operates
  @PostMapping("/{id}/resubmit")
  QuarantineView resubmit(
      Caller caller,
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable ResubmitRequest request) {
    return decisions.resubmit(caller, id, request == null ? ResubmitRequest.UNCHANGED : request);
  }

  /** Gives a message up; it stays in the list of those that are resolved. */
  @Operates
  @PostMapping("/{id}/discard")
  QuarantineView discard(
      Caller caller, @PathVariable UUID id, @RequestBody DiscardRequest request) {
    return decisions.discard(caller, id, Reason.required("note", request.note()));
  }

  /** Has messages become jobs as they came, each on its own. */
  @Operates
  @PostMapping("/resubmit")
  BulkView resubmitMany(Caller caller, @RequestBody BulkRequest request) {
    ResubmitRequest each =
        new ResubmitRequest(
            null, null, null, null, null, null, Reason.required("note", request.note()));
    return many(caller, request, id -> decisions.resubmit(caller, id, each, request.tenant()));
  }

  /** Gives messages up, each on its own. */
  @Operates
  @PostMapping("/discard")
  BulkView discardMany(Caller caller, @RequestBody BulkRequest request) {
    String note = Reason.required("note", request.note());
    if (request.tenant() != null) {
      throw new ApiProblem(
              ProblemType.INVALID_BODY,
              "what is discarded becomes nobody's job: leave 'tenant' out")
          .with("member", "tenant");
    }
    return many(caller, request, id -> decisions.discard(caller, id, note));
  }

  private BulkView many(Caller caller, BulkRequest request, Consumer<UUID> decision) {
    Filter filter = new Filter(request.reason(), request.queue(), request.type(), request.text());
    int done = 0;
    List<BulkView.RefusedView> refused = new ArrayList<>();
    for (UUID id : store.oldest(caller.scope(), filter, limit(request))) {
      try {
        decision.accept(id);
        done++;
      } catch (ApiProblem e) {
        refused.add(new BulkView.RefusedView(id, String.valueOf(e.getBody().getDetail())));
      }
    }
    return new BulkView(done, refused);
  }

  private static int limit(BulkRequest request) {
    int limit = request.limit() == null ? USUAL : request.limit();
    if (limit < 1 || limit > MOST) {
      throw new ApiProblem(
              ProblemType.INVALID_BODY, "limit is %d and has to be 1 to %d".formatted(limit, MOST))
          .with("member", "limit");
    }
    return limit;
  }
}
