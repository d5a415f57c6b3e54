package io.millrace.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.Pause;
import io.millrace.standalone.command.EngineApi.Answer;
import io.millrace.standalone.failure.CommandFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReplayWatchTest {

  private static final Answer HALF =
      answer(
          "{\"state\":\"RUNNING\",\"total\":100,\"replayed\":40,\"refused\":10,\"replayedPerSecond\":20.0,\"secondsLeft\":3}");
  private static final Answer WAITS =
      answer("{\"state\":\"CANARY\",\"total\":100,\"replayed\":5,\"refused\":0}");
  private static final Answer DONE =
      answer("{\"state\":\"DONE\",\"total\":100,\"replayed\":90,\"refused\":10}");

  private final StringWriter printed = new StringWriter();

  @Test
  void showsHowFarItIsUntilTheEnd() {
    assertThat(watch(false, WAITS, HALF, DONE).path("state").asString()).isEqualTo("DONE");

    assertThat(printed.toString().lines())
        .containsExactly(
            "5 of 100 replayed",
            "40 of 100 replayed, 10 refused, 20.0/s, 3 s left",
            "90 of 100 replayed, 10 refused");
  }

  @Test
  void drawsOneLineOnATerminal() {
    watch(true, HALF, DONE);

    assertThat(printed.toString())
        .startsWith("\r[########........] 40 of 100 replayed, 10 refused, 20.0/s, 3 s left\u001b[K")
        .endsWith(
            "\r[################] 90 of 100 replayed, 10 refused\u001b[K" + System.lineSeparator());
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOPPED", "PAUSED"})
  void returnsWhenItDoesNotGoOnByItself(String state) {
    Answer rests = answer("{\"state\":\"%s\",\"total\":9,\"replayed\":1}".formatted(state));

    assertThat(watch(false, HALF, rests).path("state").asString()).isEqualTo(state);
  }

  @Test
  void failsIfThereIsNoSuchReplay() {
    assertThatThrownBy(() -> watch(false, new Answer(404, "{\"detail\":\"there is no replay\"}")))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("there is no replay");
  }

  @Test
  void leavesTheReplayAloneWhenItIsInterrupted() {
    Pause interrupted =
        _ -> {
          throw new InterruptedException();
        };
    ReplayWatch watch = new ReplayWatch(() -> HALF, screen(false), interrupted);

    assertThatThrownBy(watch::toEnd)
        .isInstanceOf(CommandFailure.class)
        .hasMessage("interrupted; the replay goes on");
    assertThat(Thread.interrupted()).isTrue();
  }

  private JsonNode watch(boolean terminal, Answer... answers) {
    Iterator<Answer> next = List.of(answers).iterator();
    return new ReplayWatch(next::next, screen(terminal), _ -> {}).toEnd();
  }

  private Screen screen(boolean terminal) {
    return new Screen(new PrintWriter(printed), terminal);
  }

  private static Answer answer(String body) {
    return new Answer(200, body);
  }
}
