package io.millrace.simulation;

import io.millrace.simulation.fault.PlantedFault;
import io.millrace.simulation.kernel.History;
import io.millrace.simulation.kernel.Kernel;
import io.millrace.simulation.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the world once. The same seed always gives the same run. */
public final class Simulation {

  private Simulation() {}

  /**
   * What came of a run.
   *
   * @param seed which run
   * @param violation what was not as it must be; null if everything was
   * @param steps how many steps were made
   * @param lasted how long it took by the simulated clock
   * @param history what happened; empty unless asked for
   */
  public record Run(
      long seed,
      @Nullable Throwable violation,
      long steps,
      Duration lasted,
      List<String> history) {}

  /**
   * Runs one seed.
   *
   * @param faults what is wrong on purpose; empty to test the engine
   * @param withHistory whether to take down what happens, which costs time
   */
  public static Run of(long seed, Set<PlantedFault> faults, boolean withHistory) {
    History history = withHistory ? new History() : null;
    Kernel kernel = new Kernel(seed, history);
    Throwable violation = null;
    try {
      new World(kernel, faults).begin();
      kernel.run();
    } catch (Throwable e) {
      violation = e;
    }
    return new Run(
        seed,
        violation,
        kernel.steps(),
        Duration.ofNanos(kernel.nanos()),
        history == null ? List.of() : history.lines());
  }
}
