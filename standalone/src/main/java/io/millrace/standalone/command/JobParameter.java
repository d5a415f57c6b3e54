package io.millrace.standalone.command;

import io.millrace.client.contract.JobId;
import io.millrace.standalone.failure.CommandFailure;
import picocli.CommandLine.Parameters;

/** Which job a command is about. */
final class JobParameter {

  private static final int NOT_FOUND = 404;

  @Parameters(index = "0", paramLabel = "ID", description = "The id that publish prints.")
  private String id = "";

  /**
   * The id.
   *
   * @throws CommandFailure if it is none
   */
  JobId id() {
    try {
      return JobId.parse(id);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          "%s is no id of a job: such an id is a UUID, as publish prints it".formatted(id), e);
    }
  }

  /**
   * Checks an answer about the job.
   *
   * @throws CommandFailure if it is not about a job
   */
  void requireFound(EngineApi.Answer answer) {
    if (answer.status() == NOT_FOUND) {
      throw new CommandFailure(
          "there is no job %s: a job exists once a worker has claimed its message".formatted(id));
    }
    answer.requireOk();
  }
}
