package io.millrace.admin.jobs;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Reads;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.client.contract.JobType;
import io.millrace.core.job.JobState;
import io.millrace.core.store.ListedJob.Position;
import io.millrace.core.store.Listing;
import io.millrace.core.store.ListingStore;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists jobs, the newest first. */
@RestController
@RequestMapping("/v1/jobs")
final class ListingController {

  private static final int MOST = 500;
  private static final String USUAL = "50";

  private static final String STATES =
      Arrays.stream(JobState.values())
          .filter(Listing::isOffered)
          .map(JobState::name)
          .collect(Collectors.joining(", "));

  private final ListingStore listings;

  ListingController(ListingStore listings) {
    this.listings = listings;
  }

  /**
   * Lists jobs, a page at a time. Read on with its {@code next} as {@code after}, and every job
   * that stays in the state comes once, whatever else comes and goes meanwhile.
   */
  @Reads
  @GetMapping(params = {"state", "!messageId"})
  JobListView list(
      Caller caller,
      @RequestParam String state,
      @RequestParam(required = false) @Nullable String tenant,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(defaultValue = USUAL) int limit,
      @RequestParam(required = false) @Nullable String after) {
    requireLimit(limit);
    Listing listing = listing(state, tenant, type);
    Position position = after == null ? null : Cursor.parse(listing.state(), after);
    return JobListView.of(
        listing.state(), listings.newest(caller.scope(), listing, position, limit + 1), limit);
  }

  private static Listing listing(String state, @Nullable String tenant, @Nullable String type) {
    if (tenant != null) {
      Names.require("tenant", tenant);
    }
    return new Listing(offered(state), tenant, type == null ? null : jobType(type));
  }

  private static JobState offered(String state) {
    return Arrays.stream(JobState.values())
        .filter(Listing::isOffered)
        .filter(each -> each.name().equals(state))
        .findFirst()
        .orElseThrow(
            () ->
                invalid(
                    "state",
                    "jobs can be listed whose state is one of %s, and not '%s'"
                        .formatted(STATES, state)));
  }

  private static void requireLimit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw invalid("limit", "limit is %d and has to be 1 to %d".formatted(limit, MOST));
    }
  }

  private static JobType jobType(String name) {
    try {
      return new JobType(name);
    } catch (IllegalArgumentException e) {
      throw invalid("type", String.valueOf(e.getMessage()));
    }
  }

  private static ApiProblem invalid(String parameter, String why) {
    return new ApiProblem(ProblemType.INVALID_PARAMETER, why).with("parameter", parameter);
  }
}
