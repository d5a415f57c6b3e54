package io.millrace.admin.replays;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.access.Reads;
import io.millrace.admin.document.Answers;
import io.millrace.admin.etag.EntityTag;
import io.millrace.admin.parameter.Parameters;
import io.millrace.admin.parameter.Place;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.core.replay.Replay;
import io.millrace.core.replay.ReplayOutcomes;
import io.millrace.core.replay.ReplayStore;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Has failed jobs run once more, many at a time. */
@RestController
@RequestMapping("/v1/replays")
final class ReplayController {

  private static final String LIST = "replays";
  private static final int REFUSALS = 50;

  /** Beyond that the outcomes of its jobs are not counted: that looks at each of them. */
  private static final int MOST_COUNTED = 50_000;

  private final ReplayStore replays;
  private final ReplayRequests requests;

  ReplayController(ReplayStore replays, ReplayRequests requests) {
    this.replays = replays;
    this.requests = requests;
  }

  /**
   * Makes a replay of the jobs that stand failed now. It begins by itself.
   *
   * @param key the same one again, by the same caller, makes no second replay
   */
  @Operates
  @PostMapping
  @Answers(status = 202, located = true)
  ResponseEntity<ReplayView> create(
      Caller caller,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestBody Wish wish) {
    if (key == null) {
      throw new ApiProblem(
              ProblemType.MISSING_PARAMETER,
              "the header Idempotency-Key is missing: the same one again makes no second replay")
          .with("parameter", "Idempotency-Key");
    }
    Parameters.name("Idempotency-Key", key);
    Replay replay = requests.create(caller, wish, key);
    return ResponseEntity.accepted()
        .location(URI.create("/v1/replays/" + replay.id()))
        .body(ReplayView.of(replay));
  }

  /** Says how many jobs a replay would be about, and changes nothing. */
  @Operates
  @PostMapping("/dry-run")
  DryRunView dryRun(Caller caller, @RequestBody Wish wish) {
    return requests.dryRun(caller, wish);
  }

  /** The newest replays. Read on with {@code next} as {@code after}. */
  @Reads
  @GetMapping
  ReplayView.ListView list(
      Caller caller,
      @RequestParam(defaultValue = Parameters.USUAL) int limit,
      @RequestParam(required = false) @Nullable String after) {
    Parameters.limit(limit);
    Place place = after == null ? null : Place.parse(LIST, after);
    List<Replay> found =
        replays.latest(
            caller.scope(),
            place == null ? null : new ReplayStore.Position(place.at(), place.id()),
            limit + 1);
    List<Replay> shown = found.subList(0, Math.min(limit, found.size()));
    Replay last = shown.isEmpty() ? null : shown.getLast();
    return new ReplayView.ListView(
        shown.stream().map(ReplayView::of).toList(),
        found.size() > limit && last != null
            ? new Place(last.createdAt(), last.id()).in(LIST)
            : null);
  }

  /** Shows a replay, with how its jobs stand and what it has refused. */
  @Reads
  @GetMapping("/{id}")
  @Answers(tagged = true)
  ResponseEntity<ReplayView> byId(Caller caller, @PathVariable UUID id) {
    ReplayView view =
        view(replays.find(id, caller.scope()).orElseThrow(() -> ReplayRequests.unknown(id)));
    return ResponseEntity.ok().eTag(EntityTag.of(view).value()).body(view);
  }

  /** Has it go no further; once it does not, doing it again changes nothing. */
  @Operates
  @PostMapping("/{id}/stop")
  ReplayView stop(Caller caller, @PathVariable UUID id) {
    return view(requests.stop(caller, id));
  }

  /** Has it go on where it was, if it was stopped or has paused itself. */
  @Operates
  @PostMapping("/{id}/resume")
  ReplayView resume(Caller caller, @PathVariable UUID id) {
    return view(requests.resume(caller, id));
  }

  private ReplayView view(Replay replay) {
    ReplayOutcomes outcomes =
        replay.counts().replayed() <= MOST_COUNTED ? replays.outcomes(replay.id()) : null;
    return ReplayView.of(replay, outcomes, replays.refusals(replay.id(), REFUSALS));
  }
}
