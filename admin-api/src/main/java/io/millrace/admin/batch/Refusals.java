package io.millrace.admin.batch;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.core.batch.BatchRun;

/** Why something cannot be done to a run, and what can. */
final class Refusals {

  private Refusals() {}

  /** Its {@code run} and {@code state} are for programs. */
  static ApiProblem problem(ProblemType type, String why, BatchRun run) {
    return new ApiProblem(type, why).with("run", run.id()).with("state", run.state());
  }

  static String stop(BatchRun run) {
    return switch (run.state()) {
      case COMPLETED, ABANDONED -> "%s: there is nothing to stop".formatted(isOver(run));
      case FAILED -> "%s: it does not run; restart or abandon it".formatted(isOver(run));
      case REQUESTED, RUNNING, STOPPED -> justChanged(run);
    };
  }

  static String restart(BatchRun run) {
    return switch (run.state()) {
      case REQUESTED -> "run %s of %s is about to begin".formatted(run.id(), run.job());
      case RUNNING ->
          run.stopRequested()
              ? "run %s of %s is stopping: restart it once it has stopped"
                  .formatted(run.id(), run.job())
              : "run %s of %s is running: there is nothing to restart"
                  .formatted(run.id(), run.job());
      case COMPLETED -> "%s: there is nothing left to do".formatted(isOver(run));
      case ABANDONED -> "%s: request a new run of its work".formatted(isOver(run));
      case STOPPED, FAILED -> justChanged(run);
    };
  }

  static String abandon(BatchRun run) {
    return switch (run.state()) {
      case REQUESTED, RUNNING ->
          "run %s of %s is %s: stop it before you abandon it"
              .formatted(run.id(), run.job(), run.state());
      case COMPLETED -> "%s: there is nothing to abandon".formatted(isOver(run));
      case STOPPED, FAILED, ABANDONED -> justChanged(run);
    };
  }

  /** Why there is no second run of the work of {@code run}. */
  static String taken(BatchRun run) {
    return switch (run.state()) {
      case REQUESTED, RUNNING ->
          "run %s of %s with these parameters is %s: wait for its end, or stop it"
              .formatted(run.id(), run.job(), run.state());
      case STOPPED, FAILED ->
          "run %s of %s with these parameters has %s: restart it, or abandon it to do its work anew"
              .formatted(run.id(), run.job(), run.state());
      case COMPLETED, ABANDONED ->
          "run %s of %s with these parameters has %s, and the job is not to be repeated with them"
              .formatted(run.id(), run.job(), run.state());
    };
  }

  private static String isOver(BatchRun run) {
    return switch (run.state()) {
      case ABANDONED -> "run %s of %s was ABANDONED".formatted(run.id(), run.job());
      case REQUESTED, RUNNING, STOPPED, FAILED, COMPLETED ->
          "run %s of %s has %s".formatted(run.id(), run.job(), run.state());
    };
  }

  private static String justChanged(BatchRun run) {
    return "run %s of %s has just become %s: try again".formatted(run.id(), run.job(), run.state());
  }
}
