package io.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.simulation.fault.PlantedFault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {

  private static final Seeds TEN_THOUSAND = new Seeds(1, 10_000, 2);

  /** Many more than each fault needs. */
  private static final Seeds ENOUGH = new Seeds(1, 3_000, 2);

  @Test
  void nothingIsLostOrStuckOrDoneTwice() throws Exception {
    Optional<Simulation.Run> found = TEN_THOUSAND.run(Set.of(), _ -> {});

    assertThat(found.map(run -> again(run, Set.of()))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void findsWhatIsWrongOnPurpose(PlantedFault fault) throws Exception {
    Optional<Simulation.Run> found = ENOUGH.run(EnumSet.of(fault), _ -> {});

    assertThat(found).isPresent();
    assertThat(again(found.get(), EnumSet.of(fault)))
        .contains(String.valueOf(found.get().violation()));
  }

  @Test
  void theSameSeedHasTheSameHistory() {
    Simulation.Run first = Simulation.of(7, Set.of(), true);
    Simulation.Run second = Simulation.of(7, Set.of(), true);

    assertThat(first.history()).hasSizeGreaterThan(20);
    assertThat(second.history()).isEqualTo(first.history());
    assertThat(second.steps()).isEqualTo(first.steps());
  }

  @Test
  void theCommandSaysThatNothingIsWrong() {
    Command run = Command.of("--seeds", "20", "--from", "1");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("20 of 20 seeds", "nothing is wrong");
  }

  @Test
  void theCommandPrintsTheHistoryOfAFault() {
    Command run = Command.of("--from", "1", "--plant", "no_fencing");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("commits", "to see it again: ./millrace simulate --seed");
  }

  @Test
  void theCommandRefusesWhatItDoesNotUnderstand() {
    Command run = Command.of("--seeds", "0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "millrace: --seeds is 0: give from 1 to 1000000000000; millrace simulate --help says more\n");
  }

  /** What a run shows, with its history; for a message that helps. */
  private static String again(Simulation.Run run, Set<PlantedFault> faults) {
    Simulation.Run again = Simulation.of(run.seed(), faults, true);
    return String.join("\n", again.history()) + "\nseed " + run.seed() + ": " + again.violation();
  }

  private record Command(int exitCode, String out, String err) {

    static Command of(String... args) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), args);
      return new Command(exitCode, out.toString(), err.toString());
    }
  }
}
