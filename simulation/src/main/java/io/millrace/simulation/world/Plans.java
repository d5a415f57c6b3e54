package io.millrace.simulation.world;

import io.millrace.client.contract.JobType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws the jobs of a simulation. */
final class Plans {

  private static final int FEWEST = 3;
  private static final int MOST = 10;

  private final SplittableRandom random;

  Plans(SplittableRandom random) {
    this.random = random;
  }

  List<Plan> draw() {
    List<Plan> plans = new ArrayList<>();
    int count = FEWEST + random.nextInt(MOST - FEWEST + 1);
    boolean killer = random.nextInt(8) == 0;
    for (int i = 0; i < count; i++) {
      plans.add(plan("job-" + i, killer && i == 0));
    }
    return plans;
  }

  private Plan plan(String name, boolean kills) {
    JobType type = Settings.TYPES.get(random.nextInt(Settings.TYPES.size()));
    boolean limited = type.name().equals(Handlers.LIMITED);
    return new Plan(
        name,
        type,
        new Input(millis(), once(4) ? 1 + random.nextInt(4) : 0, once(15), kills),
        Duration.ofMillis(random.nextInt(8_000)),
        once(6) ? Duration.ofMillis(random.nextInt(20_000)) : null,
        once(10) ? Duration.ofMillis(20_000 + random.nextInt(20_000)) : null,
        once(8) ? "unique" : null,
        limited ? (once(2) ? "a" : "b") : null,
        once(4) ? 2 : 1);
  }

  /** Most take no time; some so long that they are recorded, or acknowledged, before they end. */
  private int millis() {
    if (once(12)) {
      return 3_000 + random.nextInt(30_000);
    }
    return once(3) ? random.nextInt(2_000) : random.nextInt(5);
  }

  private boolean once(int often) {
    return random.nextInt(often) == 0;
  }
}
