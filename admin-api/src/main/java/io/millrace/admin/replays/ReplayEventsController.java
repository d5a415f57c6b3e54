package io.millrace.admin.replays;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Reads;
import io.millrace.admin.document.Answers;
import io.millrace.admin.events.EventStreams;
import io.millrace.admin.events.Watchable;
import io.millrace.core.replay.ReplayStore;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells how replays stand, as that changes. */
@RestController
@RequestMapping("/v1/replays")
final class ReplayEventsController {

  private final ReplayStore replays;
  private final EventStreams streams;
  private final Watchable standings;

  ReplayEventsController(ReplayStore replays, EventStreams streams, Watchable standings) {
    this.replays = replays;
    this.streams = streams;
    this.standings = standings;
  }

  /**
   * Watches a replay: events {@code state} with how the replay stands, at once and whenever that
   * changes, and one {@code end} when it is done. One that was stopped or has paused itself may go
   * on, and so may its events.
   */
  @Reads
  @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Answers(of = ReplayStandings.ReplayEvent.class)
  SseEmitter events(Caller caller, @PathVariable UUID id) {
    if (replays.find(id, caller.scope()).isEmpty()) {
      throw ReplayRequests.unknown(id);
    }
    return streams.watch(standings, id);
  }
}
