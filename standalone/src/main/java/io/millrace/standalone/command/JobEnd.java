package io.millrace.standalone.command;

import io.millrace.client.contract.JobId;
import io.millrace.core.Pause;
import io.millrace.core.job.JobState;
import io.millrace.standalone.failure.CommandFailure;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Waits for the end of a job. */
final class JobEnd {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int NOT_FOUND = 404;

  private JobEnd() {}

  /**
   * Asks until the job has ended.
   *
   * @param engine to ask
   * @return the job as the API shows it
   * @throws CommandFailure if nobody answers, or it is interrupted
   */
  static JsonNode await(EngineApi engine, JobId id) {
    while (true) {
      EngineApi.Answer answer = engine.get("/v1/jobs/" + id);
      if (answer.status() != NOT_FOUND) { // which it is until a worker has recorded it
        answer.requireOk();
        JsonNode job = JsonMapper.shared().readTree(answer.body());
        if (JobState.valueOf(job.path("state").asString()).isFinal()) {
          return job;
        }
      }
      rest(id);
    }
  }

  private static void rest(JobId id) {
    try {
      Pause.THREAD.rest(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted; job %s goes on".formatted(id), e);
    }
  }
}
