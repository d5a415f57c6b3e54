package io.millrace.standalone.command;

import io.millrace.core.Pause;
import io.millrace.standalone.failure.CommandFailure;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows a batch run until it has ended. */
public final class BatchWatch {

  private static final Duration LOOK = Duration.ofMillis(500);

  /** Where lines cannot be redrawn, one in so many looks is printed. */
  private static final int PRINT = 10;

  /** How many looks on end may find the API without its database: for two minutes or so. */
  private static final int PATIENCE = 240;

  private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "STOPPED", "ABANDONED");
  private static final int UNAVAILABLE = 503;

  private final Supplier<EngineApi.Answer> look;
  private final UUID run;
  private final Screen screen;
  private final Pause pause;

  /**
   * @param look asks the API for the run
   */
  BatchWatch(Supplier<EngineApi.Answer> look, UUID run, Screen screen, Pause pause) {
    this.look = look;
    this.run = run;
    this.screen = screen;
    this.pause = pause;
  }

  /**
   * Watches a run through the API.
   *
   * @param api to ask
   */
  public static BatchWatch of(UUID run, EngineApi api, Screen screen) {
    return new BatchWatch(() -> api.get("/v1/batch-runs/" + run), run, screen, Pause.THREAD);
  }

  /**
   * Returns when the run has ended.
   *
   * @return the run as the API shows it
   * @throws CommandFailure if nobody answers, there is no such run, or it is interrupted
   */
  public JsonNode toEnd() {
    LiveLine line = new LiveLine(screen);
    String before = "";
    for (int looks = 0; true; looks++) {
      JsonNode shown = shown();
      String state = BatchFigures.text(shown, "state");
      if (screen.terminal() || !state.equals(before) || looks % PRINT == 0) {
        show(line, shown, state);
      }
      if (ENDS.contains(state)) {
        line.end();
        return shown;
      }
      before = state;
      rest();
    }
  }

  private JsonNode shown() {
    EngineApi.Answer answer = look.get();
    for (int troubles = 0; answer.status() == UNAVAILABLE && troubles < PATIENCE; troubles++) {
      rest();
      answer = look.get();
    }
    answer.requireOk();
    return JsonMapper.shared().readTree(answer.body());
  }

  private static void show(LiveLine line, JsonNode shown, String state) {
    JsonNode progress = shown.path("progress");
    if (state.equals("REQUESTED")) {
      line.show(
          shown.has("message")
              ? "begins again: " + BatchFigures.text(shown, "message")
              : "waits for a scheduler with room");
      return;
    }
    String stops = shown.path("stopRequested").asBoolean() ? "stops; " : "";
    String text = stops + BatchProgressText.of(progress);
    if (progress.has("percent")) {
      line.show(progress.path("percent").asDouble() / 100, text);
    } else {
      line.show(text);
    }
  }

  private void rest() {
    try {
      pause.rest(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted; run %s goes on".formatted(run), e);
    }
  }
}
