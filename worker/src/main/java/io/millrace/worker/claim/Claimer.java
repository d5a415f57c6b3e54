package io.millrace.worker.claim;

import io.millrace.client.contract.Refusal;
import io.millrace.core.Pause;
import io.millrace.core.broker.QueueNames;
import io.millrace.worker.intake.Delivery;
import io.millrace.worker.signal.WorkerEvent;
import io.millrace.worker.signal.WorkerEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The first step: of a batch of deliveries, each becomes a job that this worker runs, joins one
 * that it runs already, is known to have ended, waits for another worker, or goes into quarantine.
 * For one thread.
 */
public final class Claimer {

  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final Duration SHORT = Duration.ofMillis(5);

  /** How jobs are started. */
  record Starters(Starter fresh, DispatchStarter dispatched, Suspects suspects) {}

  private final int batch;
  private final Surroundings around;
  private final Admission admission;
  private final Starters starters;
  private final Quarantine quarantine;
  private final Pause pause;
  private final WorkerEvents events;

  /**
   * @param batch how many deliveries to claim at once
   */
  Claimer(
      int batch,
      Surroundings around,
      Admission admission,
      Starters starters,
      Quarantine quarantine,
      Pause pause,
      WorkerEvents events) {
    this.batch = batch;
    this.around = around;
    this.admission = admission;
    this.starters = starters;
    this.quarantine = quarantine;
    this.pause = pause;
    this.events = events;
  }

  /** Claims what has arrived, or waits a moment for it; then looks again at what was held. */
  public void step() throws InterruptedException {
    if (starters.suspects().isBusy()) {
      starters.suspects().step();
      pause.rest(SHORT);
      return;
    }
    List<Delivery> deliveries =
        around.intake().take(batch, starters.dispatched().isDrained() ? PATIENCE : SHORT);
    if (!deliveries.isEmpty()) {
      events.emit(new WorkerEvent.BatchTaken(deliveries.size()));
    }
    Map<Boolean, List<Delivery>> byDispatcher =
        deliveries.stream()
            .collect(
                Collectors.partitioningBy(delivery -> QueueNames.isDispatch(delivery.queue())));
    claim(byDispatcher.getOrDefault(false, List.of()));
    quarantine.keep(starters.dispatched().step(byDispatcher.getOrDefault(true, List.of())));
    quarantine.keep(unstartable(starters.fresh().lookAgain()));
  }

  /** Whether everything that arrived has been claimed. Ask only between steps. */
  public boolean isDrained() {
    return around.intake().isEmpty()
        && starters.dispatched().isDrained()
        && !starters.suspects().isBusy();
  }

  private void claim(List<Delivery> deliveries) throws InterruptedException {
    List<ActiveJob> fresh = new ArrayList<>();
    List<Quarantine.Refused> refused = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      switch (admission.decide(delivery)) {
        case Admission.Decision.Refused(Refusal reason, String explanation, String messageId) ->
            refused.add(refused(delivery, reason, explanation, messageId));
        case Admission.Decision.Admitted(ActiveJob job) -> {
          switch (around.active().join(job, delivery)) {
            case FIRST -> fresh.add(job);
            case REPEAT -> events.emit(new WorkerEvent.DuplicateRecognised(job.id()));
            case CONFLICT -> refused.add(conflicting(delivery, job));
          }
        }
      }
    }
    refused.addAll(unstartable(starters.fresh().start(fresh)));
    quarantine.keep(refused);
  }

  private List<Quarantine.Refused> unstartable(List<Starter.Unstartable> jobs) {
    return jobs.stream()
        .map(
            each ->
                new Quarantine.Refused(
                    around.active().firstDelivery(each.job()),
                    each.reason(),
                    each.explanation(),
                    each.job().order().messageId(),
                    () -> around.active().release(each.job())))
        .toList();
  }

  private static Quarantine.Refused conflicting(Delivery delivery, ActiveJob job) {
    return refused(
        delivery,
        Refusal.MESSAGE_ID_REUSED,
        "the message id '%s' belongs to a job that is running, which has another type or payload: give every job an id of its own"
            .formatted(job.order().messageId()),
        job.order().messageId());
  }

  private static Quarantine.Refused refused(
      Delivery delivery, Refusal reason, String explanation, @Nullable String messageId) {
    return new Quarantine.Refused(
        delivery, reason, explanation, messageId, () -> List.of(delivery));
  }
}
