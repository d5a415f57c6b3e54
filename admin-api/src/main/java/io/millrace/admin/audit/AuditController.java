package io.millrace.admin.audit;

import io.millrace.admin.access.Audits;
import io.millrace.admin.access.Caller;
import io.millrace.admin.access.WholeSystem;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.core.audit.AuditQuery;
import io.millrace.core.audit.AuditStore;
import io.millrace.core.audit.AuditVerifier;
import io.millrace.core.audit.AuditVerifier.Place;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows who has changed what, and whether somebody has changed that. */
@RestController
@RequestMapping("/v1/audit")
final class AuditController {

  private static final int MOST = 500;
  private static final int MOST_CHECKED = 10_000;

  private final AuditStore store;
  private final AuditVerifier verifier;

  AuditController(AuditStore store, AuditVerifier verifier) {
    this.store = store;
    this.verifier = verifier;
  }

  /** Lists what was changed, the latest first. Read on with {@code next} as {@code after}. */
  @Audits
  @GetMapping
  AuditView.Page list(
      Caller caller,
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String resource,
      @RequestParam(required = false) @Nullable Instant since,
      @RequestParam(required = false) @Nullable Instant until,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String after) {
    requireLimit(limit, MOST);
    AuditQuery query = new AuditQuery(actor, action, resource, since, until);
    long before = after == null ? Long.MAX_VALUE : number(after);
    return AuditView.Page.of(store.newest(caller.scope(), query, before, limit + 1), limit);
  }

  /** Shows a record. */
  @Audits
  @GetMapping("/{number}")
  AuditView byNumber(Caller caller, @PathVariable long number) {
    return store
        .find(caller.scope(), number)
        .map(AuditView::of)
        .orElseThrow(() -> new ApiProblem(ProblemType.NOT_FOUND, "there is no record " + number));
  }

  /**
   * Checks a stretch of the chain, from its beginning or from behind {@code after}. Go on with
   * {@code next} as {@code after} until it is complete.
   */
  @Audits
  @WholeSystem
  @GetMapping("/verification")
  VerificationView verify(
      @RequestParam(defaultValue = "5000") int limit,
      @RequestParam(required = false) @Nullable String after) {
    requireLimit(limit, MOST_CHECKED);
    return VerificationView.of(
        verifier.check(after == null ? Place.BEGINNING : place(after), limit));
  }

  private static void requireLimit(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw new ApiProblem(
              ProblemType.INVALID_PARAMETER,
              "limit is %d and has to be 1 to %d".formatted(limit, most))
          .with("parameter", "limit");
    }
  }

  private static long number(String after) {
    try {
      return Long.parseUnsignedLong(after, 10);
    } catch (NumberFormatException e) {
      throw noPlace(e);
    }
  }

  private static Place place(String after) {
    try {
      return VerificationView.place(after);
    } catch (NumberFormatException e) {
      throw noPlace(e);
    }
  }

  private static ApiProblem noPlace(NumberFormatException e) {
    return new ApiProblem(
            ProblemType.INVALID_PARAMETER,
            "after is no place in the audit: take it from 'next' of the page before",
            e)
        .with("parameter", "after");
  }
}
