package io.millrace.batch;

/**
 * A step that is a task.
 *
 * @param partitioning how the task is divided: it is done for each partition
 */
public record TaskStep(String name, Partitioning partitioning, Task task) implements BatchStep {

  /**
   * @throws IllegalArgumentException if the name is none
   */
  public TaskStep {
    Names.require("step", name, Names.LONGEST_STEP);
  }

  /** A task that is not divided. */
  public static TaskStep of(String name, Task task) {
    return new TaskStep(name, Partitioning.NONE, task);
  }
}
