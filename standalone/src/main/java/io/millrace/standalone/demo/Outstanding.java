package io.millrace.standalone.demo;

import io.millrace.client.contract.JobId;
import io.millrace.core.job.JobState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * The published jobs of a run that have not been seen to end. Jobs are added by one thread and
 * looked after by another.
 */
final class Outstanding {

  /** So many are asked about at once. */
  private static final int GROUP = 2_000;

  private final Queue<UUID> published = new ConcurrentLinkedQueue<>();

  /** In the order of publication. */
  private final Set<UUID> open = new LinkedHashSet<>();

  private int done;
  private int failed;

  void add(JobId job) {
    published.add(job.value());
  }

  /**
   * Looks which jobs have ended: group by group from the oldest, until one has none, since they end
   * nearly in the order of publication.
   *
   * @param ended of the given jobs, those that have ended
   */
  void look(Function<List<UUID>, Map<UUID, JobState>> ended) {
    for (UUID id = published.poll(); id != null; id = published.poll()) {
      open.add(id);
    }
    for (List<UUID> group : groups()) {
      Map<UUID, JobState> states = ended.apply(group);
      if (states.isEmpty()) {
        return;
      }
      open.removeAll(states.keySet());
      done += states.size();
      failed += (int) states.values().stream().filter(state -> state != JobState.SUCCEEDED).count();
    }
  }

  /** How many have ended. */
  int done() {
    return done;
  }

  /** How many have ended without success. */
  int failed() {
    return failed;
  }

  private List<List<UUID>> groups() {
    List<List<UUID>> groups = new ArrayList<>();
    Iterator<UUID> ids = open.iterator();
    while (ids.hasNext()) {
      List<UUID> group = new ArrayList<>(GROUP);
      while (ids.hasNext() && group.size() < GROUP) {
        group.add(ids.next());
      }
      groups.add(group);
    }
    return groups;
  }
}
