package io.millrace.admin.jobs;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Reads;
import io.millrace.admin.parameter.Parameters;
import io.millrace.admin.parameter.Place;
import io.millrace.client.contract.JobId;
import io.millrace.core.job.JobState;
import io.millrace.core.store.JobQuery;
import io.millrace.core.store.JobSearch;
import io.millrace.core.store.ListedJob.Position;
import io.millrace.core.store.Listing;
import io.millrace.core.store.ListingStore;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists and finds jobs, the newest first. */
@RestController
@RequestMapping("/v1/jobs")
final class SearchController {

  private final ListingStore listings;
  private final JobSearch search;

  SearchController(ListingStore listings, JobSearch search) {
    this.listings = listings;
    this.search = search;
  }

  /**
   * Lists and finds jobs, a page at a time, the newest first. Read on with its {@code next} as
   * {@code after}, and every job that stays what was asked for comes once, whatever else comes and
   * goes meanwhile. A page may have fewer jobs than asked for, or none, and yet a {@code next}: the
   * search goes back in time as far as half a second takes it.
   */
  @Reads
  @GetMapping(params = "!messageId")
  JobListView find(
      Caller caller,
      @ModelAttribute JobFilter filter,
      @RequestParam(defaultValue = Parameters.USUAL) int limit,
      @RequestParam(required = false) @Nullable String after) {
    Parameters.limit(limit);
    JobQuery query = filter.query();
    JobState state = query.state();
    return state != null && Listing.isOffered(state) && filter.isPlain()
        ? list(caller, new Listing(state, query.tenant(), query.type()), limit, after)
        : search(caller, query, limit, after);
  }

  private JobListView list(Caller caller, Listing listing, int limit, @Nullable String after) {
    Position position = after == null ? null : Cursor.parse(listing.state(), after);
    return JobListView.of(
        listing.state(), listings.newest(caller.scope(), listing, position, limit + 1), limit);
  }

  private JobListView search(Caller caller, JobQuery query, int limit, @Nullable String after) {
    String list = query.order().name().toLowerCase(Locale.ROOT);
    Position position = after == null ? null : position(Place.parse(list, after));
    JobSearch.Page page = search.find(caller.scope(), query, position, limit);
    Position next = page.next();
    return new JobListView(
        page.jobs().stream().map(JobListView.Item::of).toList(),
        next == null ? null : new Place(next.at(), next.id().value()).in(list));
  }

  private static Position position(Place place) {
    return new Position(place.at(), new JobId(place.id()));
  }
}
