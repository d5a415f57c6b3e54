package io.millrace.batch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch job: steps that are done one after the other, then totals that are checked. Immutable.
 *
 * @param name words of a-z and 0-9, joined by '-'; at most 60 characters
 * @param description one sentence for whoever looks at the list of jobs
 * @param parameters which each run has
 * @param isRepeatable whether it may run again with parameters with which a run has completed
 * @param steps at least one
 */
public record BatchJob(
    String name,
    String description,
    BatchParameters parameters,
    boolean isRepeatable,
    List<BatchStep> steps,
    ControlTotals totals) {

  /**
   * @throws IllegalArgumentException if the name is none, there is no step, or two steps have one
   *     name
   */
  public BatchJob {
    steps = List.copyOf(steps);
    Names.require("job", name, Names.LONGEST_JOB);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("job %s has no step".formatted(name));
    }
    Names.requireDifferent("step", steps.stream().map(BatchStep::name).toList());
  }

  /** Begins to describe a job. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Describes a job. For one thread. */
  public static final class Builder {

    private final String name;
    private final List<BatchParameter> parameters = new ArrayList<>();
    private final List<BatchStep> steps = new ArrayList<>();
    private String description = "";
    private boolean repeatable;
    private ControlTotals totals = _ -> List.of();

    private Builder(String name) {
      this.name = name;
    }

    /** One sentence for whoever looks at the list of jobs. */
    public Builder describedAs(String description) {
      this.description = description;
      return this;
    }

    /** A day that has to be given. */
    public Builder date(String name, String description) {
      return parameter(BatchParameter.Kind.DATE, name, description, null);
    }

    /**
     * A parameter.
     *
     * @param defaultValue null if one has to be given
     */
    public Builder parameter(
        BatchParameter.Kind kind, String name, String description, @Nullable String defaultValue) {
      parameters.add(new BatchParameter(name, kind, description, defaultValue));
      return this;
    }

    /** It may run again with parameters with which a run has completed. */
    public Builder repeatable() {
      repeatable = true;
      return this;
    }

    /** The next step. */
    public Builder step(BatchStep step) {
      steps.add(step);
      return this;
    }

    /** What is added up when all steps have ended. */
    public Builder totals(ControlTotals totals) {
      this.totals = totals;
      return this;
    }

    /**
     * The job.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public BatchJob build() {
      return new BatchJob(
          name, description, new BatchParameters(parameters), repeatable, steps, totals);
    }
  }
}
