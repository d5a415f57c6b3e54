package io.millrace.simulation.database;

import io.millrace.core.job.Job;

/**
 * A row of the table of jobs.
 *
 * @param job what the engine sees of it
 * @param announceDue whether the dispatcher is to announce its end
 * @param alone whether it runs with nothing beside it
 */
public record Row(Job job, boolean announceDue, boolean alone) {

  @Override
  public String toString() {
    return "%s, %s, %s%s%s"
        .formatted(
            job.standing(),
            job.setbacks(),
            job.ending().failure(),
            announceDue ? ", to be announced" : "",
            alone ? ", alone" : "");
  }
}
