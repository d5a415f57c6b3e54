package io.millrace.standalone.command;

import io.millrace.core.Pause;
import io.millrace.standalone.failure.CommandFailure;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows a replay until it does not go on by itself. */
final class ReplayWatch {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Set<String> GOES_ON = Set.of("RUNNING", "CANARY");

  private final Supplier<EngineApi.Answer> look;
  private final Screen screen;
  private final Pause pause;

  /**
   * @param look asks the API for the replay
   */
  ReplayWatch(Supplier<EngineApi.Answer> look, Screen screen, Pause pause) {
    this.look = look;
    this.screen = screen;
    this.pause = pause;
  }

  /**
   * Returns when it is done, was stopped, or has paused itself.
   *
   * @return the replay as the API shows it
   * @throws CommandFailure if nobody answers, or it is interrupted
   */
  JsonNode toEnd() {
    LiveLine line = new LiveLine(screen);
    while (true) {
      EngineApi.Answer answer = look.get();
      answer.requireOk();
      JsonNode replay = JsonMapper.shared().readTree(answer.body());
      double total = Math.max(1, replay.path("total").asLong());
      line.show(
          (replay.path("replayed").asLong() + replay.path("refused").asLong()) / total,
          ReplayText.progress(replay));
      if (!GOES_ON.contains(replay.path("state").asString())) {
        line.end();
        return replay;
      }
      rest();
    }
  }

  private void rest() {
    try {
      pause.rest(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted; the replay goes on", e);
    }
  }
}
