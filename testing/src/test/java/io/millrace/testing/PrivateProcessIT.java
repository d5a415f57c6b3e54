package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class PrivateProcessIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void saysWhatItSaidAndEndsBySigterm() {
    try (PrivateProcess process = patient().start()) {
      assertThat(process.awaitLine("ready", LIMIT))
          .isEqualTo("ready: an argument, an option, a variable");

      process.terminate();

      assertThat(process.awaitExit(LIMIT)).isEqualTo(128 + 15); // 15 is SIGTERM
      assertThat(process.lines()).contains("signing off");
    }
  }

  @Test
  void signsOffNoMoreWhenItIsKilled() {
    try (PrivateProcess process = patient().start()) {
      process.awaitLine("ready", LIMIT);

      process.kill();

      assertThat(process.awaitExit(LIMIT)).isEqualTo(128 + 9); // 9 is SIGKILL
      assertThat(process.lines()).doesNotContain("signing off");
    }
  }

  @Test
  void failsAtOnceWithTheOutputWhenTheLineCannotComeAnyMore() {
    try (PrivateProcess process = PrivateProcess.running(Hasty.class).start()) {
      assertThatThrownBy(() -> process.awaitLine("ready", LIMIT))
          .isInstanceOf(TestServerException.class)
          .hasMessageContaining("has ended")
          .hasMessageContaining("in a hurry");
    }
  }

  private static PrivateProcess.Builder patient() {
    return PrivateProcess.running(Patient.class)
        .options("-Dtest.option=an option")
        .arguments("an argument")
        .environment("TEST_VARIABLE", "a variable");
  }

  static final class Patient {
    public static void main(String[] arguments) throws InterruptedException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("signing off")));
      System.out.printf(
          "ready: %s, %s, %s%n",
          arguments[0], System.getProperty("test.option"), System.getenv("TEST_VARIABLE"));
      new CountDownLatch(1).await();
    }
  }

  static final class Hasty {
    public static void main(String[] arguments) {
      System.err.println("in a hurry, " + arguments.length);
    }
  }
}
