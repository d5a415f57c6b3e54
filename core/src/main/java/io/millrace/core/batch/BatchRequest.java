package io.millrace.core.batch;

/** What became of a request to run a batch job. */
public sealed interface BatchRequest {

  /** It runs as soon as a scheduler has room. */
  record Accepted(BatchRun run) implements BatchRequest {}

  /**
   * Nothing was changed, since there is a run with the same parameters: it waits or runs, has
   * stopped or failed and can be restarted, or has completed and is not to be repeated.
   */
  record Taken(BatchRun run) implements BatchRequest {}

  /** No scheduler has such a job. */
  record UnknownJob(String job) implements BatchRequest {}

  /**
   * The parameters are wrong.
   *
   * @param why for whoever has asked
   */
  record WrongParameters(String why) implements BatchRequest {}
}
