package io.millrace.admin.failures;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Reads;
import io.millrace.admin.parameter.Parameters;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.core.failure.FailedJobs;
import io.millrace.core.failure.FailureStore;
import io.millrace.core.failure.FailureSummary;
import io.millrace.core.failure.GroupId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows what stands failed, by what it has in common. */
@RestController
@RequestMapping("/v1/failures")
final class FailureController {

  private static final int SAMPLES = 10;

  private final FailureStore failures;

  FailureController(FailureStore failures) {
    this.failures = failures;
  }

  /**
   * Shows what stands failed, by what it has in common. Counts are exact.
   *
   * @param text what the class or the words of a group contain, whatever the case
   * @param since only jobs that failed then or later
   * @param sort by the latest failure or by how many jobs
   */
  @Reads
  @GetMapping
  FailureGroupView.ListView list(
      Caller caller,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String tenant,
      @RequestParam(required = false) @Nullable String text,
      @RequestParam(required = false) @Nullable Instant since,
      @RequestParam(defaultValue = "LAST") FailureSummary.Order sort,
      @RequestParam(defaultValue = Parameters.USUAL) int limit) {
    FailedJobs jobs =
        new FailedJobs(
            null,
            null,
            Parameters.name("tenant", tenant),
            Parameters.type(type),
            Parameters.text("text", text),
            since,
            null);
    return new FailureGroupView.ListView(
        failures.groups(caller.scope(), jobs, sort, Parameters.limit(limit)).stream()
            .map(FailureGroupView::of)
            .toList());
  }

  /** Shows a group, with the jobs that failed last in it. */
  @Reads
  @GetMapping("/{group}")
  FailureGroupView byId(Caller caller, @PathVariable String group) {
    GroupId id = Objects.requireNonNull(Parameters.group(group));
    return failures
        .group(caller.scope(), id)
        .map(
            found ->
                FailureGroupView.of(
                    found, failures.latest(caller.scope(), FailedJobs.in(id), SAMPLES)))
        .orElseThrow(
            () -> new ApiProblem(ProblemType.NOT_FOUND, "nothing stands failed in group " + id));
  }
}
