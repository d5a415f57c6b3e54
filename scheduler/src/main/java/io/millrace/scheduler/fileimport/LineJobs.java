package io.millrace.scheduler.fileimport;

import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.JobMessage;
import io.millrace.core.job.Job;
import io.millrace.core.job.Lifecycle;
import io.millrace.core.job.Setbacks;
import io.millrace.core.store.JobStore;
import io.millrace.scheduler.fileimport.LineResult.Duplicate;
import io.millrace.scheduler.fileimport.LineResult.Enqueued;
import io.millrace.scheduler.fileimport.LineResult.Rejected;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Enqueues the jobs of lines in the transaction at hand, as the SQL function {@code enqueue_job}
 * does, but with one statement for all of them, and without its error for a message id that is in
 * use: that would cost all of them their transaction. Nor does it wake the dispatcher, which looks
 * ten times a second. Safe for use by many threads.
 */
final class LineJobs {

  /** Somebody deletes a job just when a line asks for it: more often than this nobody does. */
  private static final int MOST_TRIES = 5;

  private final JobStore jobs;
  private final FileImportStore imports;
  private final InstantSource clock;

  LineJobs(JobStore jobs, FileImportStore imports, InstantSource clock) {
    this.jobs = jobs;
    this.imports = imports;
    this.clock = clock;
  }

  /** A line and the job that it asks for. */
  record Draft(Line line, JobMessage message) {}

  /**
   * What became of each of them, in their order. Of several with one message id the first counts.
   * Waits for others that record one of them and have not committed.
   */
  List<LineResult> enqueue(List<Draft> drafts) {
    Instant now = clock.instant();
    List<Job> asked = drafts.stream().map(draft -> job(draft.message(), now)).toList();
    Map<JobId, Job> missing = new LinkedHashMap<>();
    asked.forEach(job -> missing.putIfAbsent(job.id(), job));
    Map<JobId, UUID> recorded = new LinkedHashMap<>();
    missing.forEach((id, job) -> recorded.put(id, job.order().fingerprint()));
    Set<JobId> added = new HashSet<>();
    for (int tries = 0; !missing.isEmpty(); tries++) {
      if (tries == MOST_TRIES) {
        throw new IllegalStateException("jobs come and go, such as " + missing.keySet());
      }
      Set<JobId> inserted = jobs.insert(missing.values());
      added.addAll(inserted);
      missing.keySet().removeAll(inserted);
      if (!missing.isEmpty()) {
        Map<JobId, UUID> known = imports.fingerprints(missing.keySet());
        recorded.putAll(known);
        missing.keySet().removeAll(known.keySet());
      }
    }
    List<LineResult> results = new ArrayList<>(drafts.size());
    for (int i = 0; i < asked.size(); i++) {
      results.add(result(drafts.get(i), asked.get(i), added, recorded));
    }
    return results;
  }

  /** Takes the job out of {@code added}, so that no later line with its id is the one. */
  private static LineResult result(
      Draft draft, Job job, Set<JobId> added, Map<JobId, UUID> recorded) {
    if (added.remove(job.id())) {
      return new Enqueued(draft.line());
    }
    String messageId = draft.message().messageId();
    return Objects.equals(recorded.get(job.id()), job.order().fingerprint())
        ? new Duplicate(draft.line(), messageId)
        : new Rejected(
            draft.line(),
            "the message id '%s' names an earlier job with another type or payload"
                .formatted(messageId));
  }

  private static Job job(JobMessage message, Instant now) {
    String tenant = Objects.requireNonNull(message.tenant(), "tenant");
    return new Job(
        JobId.of(tenant, message.messageId()),
        new Job.Order(
            tenant,
            message.type(),
            message.messageId(),
            message.options(),
            message.payload(),
            Fingerprint.of(message.type(), message.payload())),
        Lifecycle.beginWithoutMessage(now),
        new Job.Times(now, null, null),
        Setbacks.NONE,
        Job.Ending.NONE);
  }
}
