package io.millrace.admin.queues;

import io.millrace.client.contract.Lane;
import io.millrace.core.job.WaitReason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has not ended, by type, and which lanes are paused.
 *
 * @param broker why the queues have no figures, in words; left out if they have
 */
record QueuesView(List<TypeView> types, List<LaneView> lanes, @Nullable String broker) {

  /**
   * A type.
   *
   * @param paused left out if it is not
   * @param queues of the broker that exist
   * @param running how many jobs run, as their rows say; a calculation that runs for the first time
   *     has none in its first moments
   * @param queued how many the dispatcher has put into the broker
   * @param oldestQueuedAt when the first of those was
   * @param waiting how many wait in the database, and what for
   * @param endedPerSecond how many ended a second in the workers that live, over some seconds
   * @param atLeast whether more may wait than were counted
   */
  record TypeView(
      String type,
      @Nullable PauseView paused,
      List<QueueView> queues,
      long running,
      @Nullable Instant oldestRunningSince,
      long queued,
      @Nullable Instant oldestQueuedAt,
      List<WaitingView> waiting,
      double endedPerSecond,
      boolean atLeast) {}

  /**
   * A queue.
   *
   * @param lane left out for the dispatcher's, which has jobs of all lanes
   * @param messages that wait there, and that nobody has taken
   * @param consumers how many workers take messages from it
   */
  record QueueView(String name, @Nullable Lane lane, int messages, int consumers) {}

  /**
   * Jobs that wait in the database.
   *
   * @param dependency what they are parked for; left out if they are not
   * @param earliest when the first of them was, or is, due
   */
  record WaitingView(WaitReason reason, @Nullable String dependency, long jobs, Instant earliest) {}

  /** A lane. */
  record LaneView(Lane lane, @Nullable PauseView paused) {}
}
