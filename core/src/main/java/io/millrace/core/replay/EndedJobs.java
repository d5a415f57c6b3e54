package io.millrace.core.replay;

import io.millrace.client.contract.JobId;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.job.Job;
import io.millrace.core.store.JobChange;
import io.millrace.core.store.JobReplay;
import io.millrace.core.store.JobStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes ended jobs run once more whose rows the transaction at hand has locked, with other payloads
 * if that is wished for, and writes down who did it. It never begins a transaction. The fingerprint
 * stays that of the message, so that its redelivery is still a repeat. Safe for use by many
 * threads.
 */
public final class EndedJobs {

  // Locks the rows, which are locked.
  private static final String EDIT =
      """
      UPDATE job SET payload = u.payload FROM unnest(:id::uuid[], :payload::bytea[]) AS u (id, payload) WHERE job.id = u.id
      """;

  // A new row: no attempt begins twice.
  private static final String NOTE =
      """
      INSERT INTO job_replay (job_id, attempt, replayed_at, requested_by, replay, payload)
      SELECT u.job_id, u.attempt, clock_timestamp(), :requestedBy, :replay, u.payload
      FROM unnest(:job::uuid[], :attempt::integer[], :payload::bytea[]) AS u (job_id, attempt, payload)
      """;

  private static final String KEY_TAKEN =
      "another job with its unique key is on its way, or goes before it";

  private final JobStore jobs;
  private final JobTypeStore types;
  private final JdbcClient jdbc;

  public EndedJobs(JobStore jobs, JobTypeStore types, JdbcClient jdbc) {
    this.jobs = jobs;
    this.types = types;
    this.jdbc = jdbc;
  }

  /**
   * Who has jobs run once more.
   *
   * @param replay of which this is a part; null if it is for itself
   */
  record Request(String by, @Nullable UUID replay, PayloadEdit edit) {}

  /**
   * What came of it.
   *
   * @param refused those that stay as they are, and why
   */
  record Done(Set<JobId> replayed, List<ReplayStore.Refusal> refused) {}

  private sealed interface Judged {

    /**
     * It runs once more.
     *
     * @param payload the other one, if it was edited
     */
    record Again(Job job, JobChange change, byte @Nullable [] payload) implements Judged {}

    /** It stays as it is. */
    record Stays(Job job, String why) implements Judged {}
  }

  /** Makes {@code locked} jobs run once more, as far as nothing stands against it. */
  Done replay(List<Job> locked, Request request, Instant now) {
    Payloads payloads = new Payloads(types, request.edit());
    Set<JobId> hindered = hindered(locked);
    List<ReplayStore.Refusal> refused = new ArrayList<>();
    List<Judged.Again> again = new ArrayList<>();
    for (Job job : locked) {
      switch (hindered.contains(job.id())
          ? new Judged.Stays(job, KEY_TAKEN)
          : judge(job, payloads, now)) {
        case Judged.Again next -> again.add(next);
        case Judged.Stays(_, String why) ->
            refused.add(new ReplayStore.Refusal(job.id().value(), why));
      }
    }
    if (!again.isEmpty()) {
      write(again, request);
    }
    return new Done(
        again.stream().map(next -> next.job().id()).collect(Collectors.toSet()), refused);
  }

  private static Judged judge(Job job, Payloads payloads, Instant now) {
    Instant deadline = job.order().options().deadline();
    if (deadline != null && !now.isBefore(deadline)) {
      return new Judged.Stays(job, "its deadline has passed, at " + deadline);
    }
    Optional<JobChange> change = JobReplay.change(job, now);
    if (change.isEmpty()) {
      return new Judged.Stays(
          job,
          job.ending().erasedAt() == null
              ? "it has not ended: it is " + job.standing().state()
              : "what it was about was erased");
    }
    return switch (payloads.edited(job)) {
      case Payloads.Edited.Same() -> new Judged.Again(job, change.get(), null);
      case Payloads.Edited.Other(byte[] payload) -> new Judged.Again(job, change.get(), payload);
      case Payloads.Edited.Invalid(String why, _) -> new Judged.Stays(job, why);
    };
  }

  /** Those that another job has the unique key of, among them or on its way. */
  private Set<JobId> hindered(List<Job> locked) {
    List<Job> keyed =
        locked.stream().filter(job -> job.order().options().uniqueKey() != null).toList();
    if (keyed.isEmpty()) {
      return Set.of();
    }
    Set<JobId> hindered = new HashSet<>(jobs.holders(keyed).keySet());
    Set<List<String>> taken = new HashSet<>();
    for (Job job : keyed) {
      Job.Order order = job.order();
      if (!hindered.contains(job.id())
          && !taken.add(
              List.of(
                  order.tenant(),
                  order.type().name(),
                  String.valueOf(order.options().uniqueKey())))) {
        hindered.add(job.id());
      }
    }
    return hindered;
  }

  private void write(List<Judged.Again> again, Request request) {
    List<Judged.Again> edited = again.stream().filter(next -> next.payload() != null).toList();
    if (!edited.isEmpty()) {
      jdbc.sql(EDIT)
          .param("id", ids(edited))
          .param("payload", edited.stream().map(Judged.Again::payload).toArray(byte[][]::new))
          .update();
    }
    if (jobs.change(again.stream().map(Judged.Again::change).toList()).size() != again.size()) {
      throw new IllegalStateException("a row changed under its lock");
    }
    jdbc.sql(NOTE)
        .param("requestedBy", request.by())
        .param("replay", request.replay())
        .param("job", ids(again))
        .param(
            "attempt",
            again.stream().map(next -> next.change().to().attempt()).toArray(Integer[]::new))
        .param(
            "payload",
            again.stream()
                .map(next -> next.payload() == null ? null : next.job().order().payload())
                .toArray(byte[][]::new))
        .update();
  }

  private static String[] ids(List<Judged.Again> again) {
    return again.stream().map(next -> next.job().id().toString()).toArray(String[]::new);
  }
}
