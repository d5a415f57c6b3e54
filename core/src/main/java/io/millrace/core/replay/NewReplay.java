package io.millrace.core.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.client.contract.ContractNames;
import io.millrace.client.contract.Fingerprint;
import io.millrace.client.contract.JobType;
import io.millrace.core.Bounds;
import io.millrace.core.access.Scope;
import io.millrace.core.failure.FailedJobs;
import java.util.UUID;

/**
 * What somebody wants replayed.
 *
 * @param requestedBy who, 1 to 200 characters
 * @param idempotencyKey of theirs, 1 to 200 characters: the same one again makes no second replay
 * @param scope what they may change
 * @param jobs which of it
 */
public record NewReplay(
    String requestedBy, String idempotencyKey, Scope scope, FailedJobs jobs, Manner manner) {

  /** The most jobs that are named one by one. */
  public static final int MOST_IDS = 1_000;

  private static final JobType HASHED = new JobType("replay");

  /**
   * How it is done.
   *
   * @param edit what becomes of the payloads
   * @param perSecond how many jobs a second, 1 to 5,000
   * @param canary how many jobs go first, 0 to 1,000
   * @param canaryShare how many of a hundred of these have to succeed before the others follow
   */
  public record Manner(PayloadEdit edit, int perSecond, int canary, int canaryShare) {

    public Manner {
      Bounds.require("perSecond", perSecond, 1, 5_000);
      Bounds.require("canary", canary, 0, 1_000);
      Bounds.require("canaryShare", canaryShare, 1, 100);
    }
  }

  public NewReplay {
    requireName(requestedBy);
    requireName(idempotencyKey);
  }

  private static void requireName(String name) {
    if (name.isEmpty() || name.length() > ContractNames.MAX_NAME_LENGTH) {
      throw new IllegalArgumentException("a name has 1 to 200 characters, this one: " + name);
    }
  }

  /** Tells which jobs are meant, and whose, from others. */
  UUID selection() {
    return hash(jobs.toString(), ScopeColumns.of(scope).toString());
  }

  /** Tells all that is asked for from anything else. */
  UUID request() {
    return hash(
        selection().toString(),
        switch (manner.edit()) {
          case PayloadEdit.Keep() -> "keep";
          case PayloadEdit.Replace(byte[] payload) -> "replace " + new String(payload, UTF_8);
          case PayloadEdit.Merge(String patch) -> "merge " + patch;
        },
        "%d %d %d".formatted(manner.perSecond(), manner.canary(), manner.canaryShare()));
  }

  private static UUID hash(String... parts) {
    return Fingerprint.of(HASHED, String.join("\0", parts).getBytes(UTF_8));
  }
}
