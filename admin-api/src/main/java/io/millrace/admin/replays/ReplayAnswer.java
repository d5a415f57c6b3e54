package io.millrace.admin.replays;

import java.util.List;
import java.util.UUID;

/** What comes of asking for a replay. */
sealed interface ReplayAnswer permits ReplayView, ReplayAnswer.DryRun {

  /**
   * What it would be about.
   *
   * @param total how many jobs
   * @param samples some of them, the latest first
   */
  record DryRun(boolean dryRun, long total, List<UUID> samples) implements ReplayAnswer {}
}
