package io.millrace.admin.jobs;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Reads;
import io.millrace.admin.document.Answers;
import io.millrace.admin.events.EventStreams;
import io.millrace.admin.events.Watchable;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.client.contract.JobId;
import io.millrace.core.store.ScopedJobStore;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells how jobs stand, as that changes. */
@RestController
@RequestMapping("/v1/jobs")
final class JobEventsController {

  private final ScopedJobStore jobs;
  private final EventStreams streams;
  private final Watchable standings;

  JobEventsController(ScopedJobStore jobs, EventStreams streams, Watchable standings) {
    this.jobs = jobs;
    this.streams = streams;
    this.standings = standings;
  }

  /**
   * Watches a job: events {@code state} with how the job stands, at once and whenever that changes,
   * and one {@code end} when it has ended.
   */
  @Reads
  @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Answers(of = JobStandings.JobEvent.class)
  SseEmitter events(Caller caller, @PathVariable UUID id) {
    if (!jobs.includes(caller.scope(), new JobId(id))) {
      throw new ApiProblem(ProblemType.NOT_FOUND, "there is no job " + id);
    }
    return streams.watch(standings, id);
  }
}
