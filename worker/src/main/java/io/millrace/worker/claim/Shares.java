package io.millrace.worker.claim;

import io.millrace.client.contract.JobType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the jobs at hand of each tenant and type, for types whose tenants have a share. A job
 * counts from {@link #take} to {@link #giveBack}. Safe for use by many threads.
 */
final class Shares {

  private record Holder(String tenant, JobType type) {

    static Holder of(ActiveJob job) {
      return new Holder(job.order().tenant(), job.order().type());
    }
  }

  private final ShareProperties properties;
  private final Map<Holder, Integer> atHand = new ConcurrentHashMap<>();

  Shares(ShareProperties properties) {
    this.properties = properties;
  }

  /**
   * Counts a job that has come to hand.
   *
   * @return whether its tenant had its share at hand already
   */
  boolean take(ActiveJob job) {
    if (!hasOne(job)) {
      return false;
    }
    job.shares();
    return atHand.merge(Holder.of(job), 1, Integer::sum) > properties.of(job.order().type());
  }

  /** Counts it no longer. */
  void giveBack(ActiveJob job) {
    if (hasOne(job)) {
      atHand.computeIfPresent(Holder.of(job), (_, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Whether nothing is counted. */
  boolean areFree() {
    return atHand.isEmpty();
  }

  private boolean hasOne(ActiveJob job) {
    return !properties.isOff() && properties.of(job.order().type()) > 0;
  }
}
