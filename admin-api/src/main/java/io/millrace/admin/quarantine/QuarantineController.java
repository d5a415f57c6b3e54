package io.millrace.admin.quarantine;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Reads;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.admin.quarantine.QuarantinedStore.Filter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows messages that could not become jobs. */
@RestController
@RequestMapping("/v1/quarantine")
final class QuarantineController {

  private static final int MOST = 500;

  private final QuarantinedStore store;

  QuarantineController(QuarantinedStore store) {
    this.store = store;
  }

  /** A page, the newest first: of those about which nobody has decided, or of the others. */
  @Reads
  @GetMapping
  QuarantineListView list(
      Caller caller,
      @RequestParam(defaultValue = "false") boolean resolved,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable String queue,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String text,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String after) {
    if (limit < 1 || limit > MOST) {
      throw new ApiProblem(
              ProblemType.INVALID_PARAMETER,
              "limit is %d and has to be 1 to %d".formatted(limit, MOST))
          .with("parameter", "limit");
    }
    return QuarantineListView.of(
        store.newest(
            caller.scope(),
            resolved,
            new Filter(
                storable("reason", reason),
                storable("queue", queue),
                storable("type", type),
                storable("text", text)),
            after == null ? null : QuarantineCursor.parse(after),
            limit + 1),
        limit);
  }

  /** A message; what it says is for those who may read payloads. */
  @Reads
  @GetMapping("/{id}")
  QuarantineView byId(Caller caller, @PathVariable UUID id) {
    QuarantinedWhole whole = store.find(caller.scope(), id).orElseThrow(() -> unknown(id));
    return QuarantineView.of(
        whole.message(),
        caller.readsPayloads()
            ? QuarantineView.ContentView.of(whole)
            : QuarantineView.ContentView.REDACTED);
  }

  static ApiProblem unknown(UUID id) {
    return new ApiProblem(
        ProblemType.NOT_FOUND, "there is no message %s in quarantine".formatted(id));
  }

  /** A PostgreSQL text holds no NUL, so nothing is found by one. */
  private static @Nullable String storable(String parameter, @Nullable String value) {
    if (value != null && value.indexOf('\0') >= 0) {
      throw new ApiProblem(ProblemType.INVALID_PARAMETER, parameter + " has a NUL in it")
          .with("parameter", parameter);
    }
    return value;
  }
}
