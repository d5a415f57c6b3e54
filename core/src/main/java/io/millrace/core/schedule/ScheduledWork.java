package io.millrace.core.schedule;

import io.millrace.client.contract.JobType;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a schedule runs. */
public sealed interface ScheduledWork {

  /** In words, for people. */
  String description();

  /**
   * A run of a batch job.
   *
   * @param parameters those without a default value, and others; a day may be {@code today} or
   *     {@code yesterday}, where the schedule is, at the time that was due
   */
  record Batch(String job, Map<String, String> parameters) implements ScheduledWork {

    public Batch {
      parameters = Map.copyOf(parameters);
    }

    @Override
    public String description() {
      String given =
          new TreeMap<>(parameters)
              .entrySet().stream().map(Object::toString).collect(Collectors.joining(", "));
      return "batch %s(%s)".formatted(job, given);
    }
  }

  /**
   * A job, as if a message of it had come.
   *
   * @param payload JSON
   */
  record Message(String tenant, JobType type, String payload) implements ScheduledWork {

    /** Without the payload. */
    @Override
    public String description() {
      return "job %s of %s".formatted(type, tenant);
    }

    /** Without the payload. */
    @Override
    public String toString() {
      return description();
    }
  }
}
