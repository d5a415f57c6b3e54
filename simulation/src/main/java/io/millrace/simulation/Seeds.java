package io.millrace.simulation;

import io.millrace.simulation.fault.PlantedFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs many seeds, several at a time, until one shows a violation.
 *
 * @param first the first seed
 * @param count how many; at least 1
 * @param threads how many at a time; at least 1
 */
public record Seeds(long first, long count, int threads) {

  public Seeds {
    if (count < 1 || threads < 1) {
      throw new IllegalArgumentException("%d seeds, %d at a time".formatted(count, threads));
    }
  }

  /**
   * Runs them.
   *
   * @param faults what is wrong on purpose; empty to test the engine
   * @param progress sees every run that is over, on any thread
   * @return a run that shows a violation, if one does; without its history
   */
  public Optional<Simulation.Run> run(Set<PlantedFault> faults, Consumer<Simulation.Run> progress)
      throws InterruptedException {
    AtomicLong next = new AtomicLong(first);
    AtomicReference<Simulation.@Nullable Run> found = new AtomicReference<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> work(next, found, faults, progress)));
      }
      for (Future<?> each : running) {
        await(each);
      }
    }
    return Optional.ofNullable(found.get());
  }

  private void work(
      AtomicLong next,
      AtomicReference<Simulation.@Nullable Run> found,
      Set<PlantedFault> faults,
      Consumer<Simulation.Run> progress) {
    while (found.get() == null) {
      long seed = next.getAndIncrement();
      if (seed - first >= count) {
        return;
      }
      Simulation.Run run = Simulation.of(seed, faults, false);
      progress.accept(run);
      if (run.violation() != null) {
        found.compareAndSet(null, run);
      }
    }
  }

  private static void await(Future<?> running) throws InterruptedException {
    try {
      running.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the simulation itself failed", e.getCause());
    }
  }
}
