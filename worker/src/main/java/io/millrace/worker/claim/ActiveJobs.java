package io.millrace.worker.claim;

import io.millrace.client.contract.JobId;
import io.millrace.worker.intake.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs that this worker has at hand, from their claim to their acknowledgement, each with all
 * deliveries that stand for it. A repeat that comes in between joins and is acknowledged with the
 * first. Safe for use by many threads.
 */
public final class ActiveJobs {

  /** What became of a delivery that wanted to join. */
  enum Joined {
    /** Its job was not at hand; now it is. */
    FIRST,
    /** Its job is at hand, and it is acknowledged with it. */
    REPEAT,
    /** Its job is at hand with another type or payload. */
    CONFLICT
  }

  private record Entry(ActiveJob job, List<Delivery> deliveries) {}

  private final Map<JobId, Entry> entries = new ConcurrentHashMap<>();
  private final Shares shares;

  public ActiveJobs(ShareProperties shares) {
    this.shares = new Shares(shares);
  }

  /** Brings the job to hand, unless it is; one that comes to hand is told if others go first. */
  Joined join(ActiveJob job, Delivery delivery) {
    Joined[] joined = {Joined.FIRST};
    entries.compute(
        job.id(),
        (_, present) -> {
          if (present == null) {
            Entry entry = new Entry(job, new ArrayList<>(1));
            entry.deliveries().add(delivery);
            if (shares.take(job)) {
              job.letOthersGoFirst();
            }
            return entry;
          }
          if (present.job().order().fingerprint().equals(job.order().fingerprint())) {
            present.deliveries().add(delivery);
            joined[0] = Joined.REPEAT;
          } else {
            joined[0] = Joined.CONFLICT;
          }
          return present;
        });
    return joined[0];
  }

  /** Lets go of the job, and answers what is to be acknowledged. */
  public Collection<Delivery> release(ActiveJob job) {
    Entry entry = entries.remove(job.id());
    if (entry == null) {
      return List.of();
    }
    shares.giveBack(entry.job());
    return entry.deliveries();
  }

  /** Whether the job is at hand. */
  boolean contains(JobId id) {
    return entries.containsKey(id);
  }

  /** The delivery that the job came to hand with. */
  Delivery firstDelivery(ActiveJob job) {
    Entry entry = entries.get(job.id());
    if (entry == null) {
      throw new IllegalStateException("job " + job.id() + " is not at hand");
    }
    return entry.deliveries().getFirst();
  }

  /** The jobs at hand, as of some moment during the call. */
  public Collection<ActiveJob> all() {
    return entries.values().stream().map(Entry::job).toList();
  }

  /** The jobs at hand of which a delivery came before {@code limit} and is not acknowledged. */
  public List<ActiveJob> withDeliveriesBefore(Instant limit) {
    List<ActiveJob> old = new ArrayList<>();
    entries.forEach(
        (id, _) ->
            entries.computeIfPresent(
                id,
                (_, entry) -> {
                  if (entry.deliveries().stream()
                      .anyMatch(delivery -> delivery.arrivedAt().isBefore(limit))) {
                    old.add(entry.job());
                  }
                  return entry;
                }));
    return old;
  }

  /** Takes the deliveries that stand for the job so far; it stays at hand. */
  public List<Delivery> takeDeliveries(ActiveJob job) {
    List<Delivery> taken = new ArrayList<>();
    entries.computeIfPresent(
        job.id(),
        (_, entry) -> {
          taken.addAll(entry.deliveries());
          entry.deliveries().clear();
          return entry;
        });
    return taken;
  }

  /** Says that the job is not to begin, or to stop, if it is at hand. */
  public void cancel(JobId id) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.job().cancel();
    }
  }

  /** How many jobs are at hand. */
  public int size() {
    return entries.size();
  }
}
