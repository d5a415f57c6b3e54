package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.chaos.engine.ServerSettings;
import io.millrace.chaos.history.Fact;
import io.millrace.chaos.history.Verdict;
import io.millrace.testing.RequiresRabbitMq;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code ./millrace chaos}: each kind of fault once. */
@RequiresRabbitMq(killable = true)
class ChaosIT {

  private static final ChaosSettings.Faults FAULTS =
      new ChaosSettings.Faults(Duration.ofSeconds(25), 1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void losesNothingAndRecordsNothingTwiceWhateverIsKilled() throws Exception {
    long seed = new SecureRandom().nextInt(1_000_000);
    ChaosSettings settings =
        new ChaosSettings(ServerSettings.PLAIN, FAULTS, 40, seed, PATIENCE, folder);

    Verdict verdict = new ChaosRun(settings, System.out::println).run();

    assertThat(verdict.isClean()).as("the output has the verdict; seed %d", seed).isTrue();
    assertThat(verdict.count(Fact.CONFIRMED)).isGreaterThan(500);
  }
}
