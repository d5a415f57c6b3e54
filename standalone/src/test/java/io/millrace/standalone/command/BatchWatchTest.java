package io.millrace.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.Pause;
import io.millrace.standalone.command.EngineApi.Answer;
import io.millrace.standalone.failure.CommandFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BatchWatchTest {

  private static final UUID RUN = new UUID(0, 1);
  private static final Answer AWAY = new Answer(503, "{\"detail\":\"the database is away\"}");

  private static final Answer WAITS = answer("{\"state\":\"REQUESTED\"}");
  private static final Answer BEGINS_AGAIN =
      answer("{\"state\":\"REQUESTED\",\"message\":\"its scheduler was lost\"}");
  private static final Answer HALF =
      answer(
          "{\"state\":\"RUNNING\",\"progress\":{\"done\":50,\"total\":100,\"percent\":50.0,\"perSecond\":5.0}}");
  private static final Answer STOPS =
      answer("{\"state\":\"RUNNING\",\"stopRequested\":true,\"progress\":{\"done\":60}}");
  private static final Answer DONE =
      answer(
          "{\"state\":\"COMPLETED\",\"progress\":{\"done\":100,\"total\":100,\"percent\":100.0}}");

  private final StringWriter printed = new StringWriter();

  @Test
  void showsEveryStateUntilTheEnd() {
    assertThat(watch(false, WAITS, HALF, BEGINS_AGAIN, STOPS, DONE).path("state").asString())
        .isEqualTo("COMPLETED");

    assertThat(printed.toString().lines())
        .containsExactly(
            "waits for a scheduler with room",
            "50.0 %, 50 of 100, 5.0/s",
            "begins again: its scheduler was lost",
            "stops; 60 done",
            "100.0 %, 100 of 100");
  }

  @Test
  void drawsOneLineOnATerminal() {
    watch(true, HALF, HALF, STOPS, DONE);

    assertThat(printed.toString().lines()).hasSize(5);
    assertThat(printed.toString())
        .startsWith("\r[########........] 50.0 %, 50 of 100, 5.0/s\u001b[K\r[########")
        .contains("\rstops; 60 done\u001b[K")
        .endsWith("\r[################] 100.0 %, 100 of 100\u001b[K" + System.lineSeparator());
  }

  @Test
  void printsNowAndThenElsewhere() {
    Answer[] answers = Collections.nCopies(26, HALF).toArray(Answer[]::new);
    answers[25] = DONE;

    watch(false, answers);

    assertThat(printed.toString().lines()).hasSize(4);
  }

  @Test
  void waitsForADatabaseThatIsAwayForAMoment() {
    assertThat(watch(false, HALF, AWAY, AWAY, DONE).path("state").asString())
        .isEqualTo("COMPLETED");
  }

  @Test
  void givesUpAfterAWhileAndAtOnceIfThereIsNoSuchRun() {
    Iterator<Answer> always = Collections.nCopies(1_000, AWAY).iterator();

    assertThatThrownBy(() -> watch(always, false))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("the database is away");
    assertThatThrownBy(() -> watch(false, new Answer(404, "{\"detail\":\"there is no run\"}")))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("there is no run");
  }

  @Test
  void leavesTheRunAloneWhenItIsInterrupted() {
    Pause interrupted =
        _ -> {
          throw new InterruptedException();
        };
    BatchWatch watch = new BatchWatch(() -> HALF, RUN, screen(false), interrupted);

    assertThatThrownBy(watch::toEnd)
        .isInstanceOf(CommandFailure.class)
        .hasMessage("interrupted; run " + RUN + " goes on");
    assertThat(Thread.interrupted()).isTrue();
  }

  private JsonNode watch(boolean terminal, Answer... answers) {
    return watch(List.of(answers).iterator(), terminal);
  }

  private JsonNode watch(Iterator<Answer> answers, boolean terminal) {
    return new BatchWatch(answers::next, RUN, screen(terminal), _ -> {}).toEnd();
  }

  private Screen screen(boolean terminal) {
    return new Screen(new PrintWriter(printed), terminal);
  }

  private static Answer answer(String body) {
    return new Answer(200, body);
  }
}
