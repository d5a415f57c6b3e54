package io.millrace.admin.replays;

import io.millrace.admin.parameter.Parameters;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.client.contract.JobId;
import io.millrace.core.failure.FailedJobs;
import io.millrace.core.replay.NewReplay;
import io.millrace.core.replay.PayloadEdit;
import io.millrace.core.replay.ReplayProperties;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is to be replayed, and how. Exactly one of {@code ids}, {@code group} and {@code filter}
 * says which of the jobs that stand failed.
 *
 * @param ids these, at most 1,000
 * @param group those of this group of failures
 * @param filter those that are all of this; an empty one means all
 * @param payload instead of the one job's own
 * @param patch a JSON Merge Patch (RFC 7396) of each one's own
 * @param perSecond how many jobs a second
 * @param canary how many jobs go first
 * @param canaryShare how many of a hundred of these have to succeed before the others follow
 */
record Wish(
    @Nullable List<UUID> ids,
    @Nullable String group,
    @Nullable Filter filter,
    @Nullable JsonNode payload,
    @Nullable JsonNode patch,
    @Nullable Integer perSecond,
    @Nullable Integer canary,
    @Nullable Integer canaryShare) {

  /**
   * What jobs have to be; what is left out says nothing.
   *
   * @param text what the class or the words of their group contain, whatever the case
   * @param from that failed then or later
   * @param to that failed before then
   */
  record Filter(
      @Nullable String type,
      @Nullable String tenant,
      @Nullable String text,
      @Nullable Instant from,
      @Nullable Instant to) {}

  /** Which jobs. */
  FailedJobs jobs() {
    if (Stream.of(ids, group, filter).filter(Objects::nonNull).count() != 1) {
      throw refused("say which jobs by exactly one of ids, group and filter");
    }
    if (ids != null) {
      if (ids.isEmpty() || ids.size() > NewReplay.MOST_IDS) {
        throw refused(
            "ids has %d jobs and has to have 1 to %d: for more use a group or a filter"
                .formatted(ids.size(), NewReplay.MOST_IDS));
      }
      List<JobId> jobs = ids.stream().map(id -> new JobId(Objects.requireNonNull(id))).toList();
      return new FailedJobs(jobs, null, null, null, null, null, null);
    }
    if (group != null) {
      return FailedJobs.in(Objects.requireNonNull(Parameters.group(group)));
    }
    Filter given = Objects.requireNonNull(filter);
    return new FailedJobs(
        null,
        null,
        Parameters.name("tenant", given.tenant()),
        Parameters.type(given.type()),
        Parameters.text("text", given.text()),
        given.from(),
        given.to());
  }

  /** How. */
  NewReplay.Manner manner(ReplayProperties usual) {
    try {
      return new NewReplay.Manner(
          edit(),
          perSecond == null ? usual.perSecond() : perSecond,
          canary == null ? 0 : canary,
          canaryShare == null ? usual.canaryShare() : canaryShare);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private PayloadEdit edit() {
    if (payload != null && patch != null) {
      throw refused("say payload or patch, not both");
    }
    if (payload != null) {
      if (ids == null || ids.stream().distinct().count() != 1) {
        throw refused("one payload is for one job, named by ids: for many use a patch");
      }
      return new PayloadEdit.Replace(JsonMapper.shared().writeValueAsBytes(payload));
    }
    if (patch == null) {
      return PayloadEdit.NONE;
    }
    if (!patch.isObject()) {
      throw refused("patch has to be a JSON object: its members take the place of the payload's");
    }
    return new PayloadEdit.Merge(JsonMapper.shared().writeValueAsString(patch));
  }

  private static ApiProblem refused(String why) {
    return new ApiProblem(ProblemType.INVALID_REQUEST, why);
  }
}
