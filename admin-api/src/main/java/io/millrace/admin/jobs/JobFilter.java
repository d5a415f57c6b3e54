package io.millrace.admin.jobs;

import io.millrace.admin.parameter.Parameters;
import io.millrace.core.job.JobState;
import io.millrace.core.store.JobQuery;
import io.millrace.core.store.JobQuery.Span;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What jobs have to be; what is left out says nothing.
 *
 * @param subject whom they are about
 * @param group of failures in which they stand failed
 * @param text what the class or the words of their group of failures contain, whatever the case
 * @param createdFrom that came then or later
 * @param createdTo that came before then
 * @param finishedFrom that ended then or later
 * @param finishedTo that ended before then
 */
record JobFilter(
    @Nullable JobState state,
    @Nullable String tenant,
    @Nullable String type,
    @Nullable String subject,
    @Nullable String group,
    @Nullable String text,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo,
    @Nullable Instant finishedFrom,
    @Nullable Instant finishedTo) {

  /**
   * The same, read.
   *
   * @throws io.millrace.admin.problem.ApiProblem if something of it cannot be so
   */
  JobQuery query() {
    boolean standsFailed = group != null || text != null;
    if (standsFailed && state != null && state != JobState.FAILED) {
      throw Parameters.invalid(
          "state", "only jobs that are FAILED have a group of failures, and none is " + state);
    }
    if (state != null && !state.isFinal() && (finishedFrom != null || finishedTo != null)) {
      throw Parameters.invalid("state", "a job that is %s has not ended".formatted(state));
    }
    return new JobQuery(
        state,
        Parameters.name("tenant", tenant),
        Parameters.type(type),
        Parameters.name("subject", subject),
        Parameters.group(group),
        Parameters.text("text", text),
        new Span(createdFrom, createdTo),
        new Span(finishedFrom, finishedTo));
  }

  /** Whether it names nothing but a state, a tenant and a type. */
  boolean isPlain() {
    return Stream.of(subject, group, text, createdFrom, createdTo, finishedFrom, finishedTo)
        .allMatch(Objects::isNull);
  }
}
