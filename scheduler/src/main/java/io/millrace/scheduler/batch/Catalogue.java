package io.millrace.scheduler.batch;

import io.millrace.batch.BatchJob;
import io.millrace.batch.BatchStep;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The jobs that this scheduler has, by name. */
final class Catalogue {

  private final Map<String, BatchJob> jobs = new TreeMap<>();

  /**
   * @throws IllegalArgumentException if two have one name
   */
  Catalogue(Collection<BatchJob> jobs) {
    for (BatchJob job : jobs) {
      if (this.jobs.put(job.name(), job) != null) {
        throw new IllegalArgumentException("there are two batch jobs named '" + job.name() + "'");
      }
    }
  }

  Collection<BatchJob> all() {
    return jobs.values();
  }

  Set<String> names() {
    return jobs.keySet();
  }

  /**
   * The job of this name.
   *
   * @throws IllegalStateException if there is none
   */
  BatchJob job(String name) {
    BatchJob job = jobs.get(name);
    if (job == null) {
      throw new IllegalStateException("this scheduler has no batch job " + name);
    }
    return job;
  }

  /**
   * A step of a job.
   *
   * @throws IllegalStateException if it has none of this name: a run was begun by a version of the
   *     job that had
   */
  BatchStep step(String job, String step) {
    return job(job).steps().stream()
        .filter(each -> each.name().equals(step))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "batch job %s has no step %s, but a run of it has".formatted(job, step)));
  }
}
