package io.millrace.standalone.demo;

import io.millrace.core.batch.BatchRequest;
import io.millrace.core.batch.BatchRun;
import io.millrace.core.batch.BatchRunState;
import io.millrace.core.batch.BatchRunStore;
import io.millrace.standalone.command.BatchEndText;
import io.millrace.standalone.command.BatchWatch;
import io.millrace.standalone.command.EngineApi;
import io.millrace.standalone.command.Screen;
import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.engine.Engine;
import io.millrace.standalone.failure.CommandFailure;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A small nightly run: the interest of a day on a book of loans, which the first demo loads. */
final class Night {

  private static final String LOAD = "loan-book-load";
  private static final String ACCRUAL = "interest-accrual";
  private static final String DATE = "date";
  private static final String LOANS = "20000";
  private static final int SEARCHED = 500;

  /** The end of a month, so that the first night capitalises. */
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 31);

  private final Screen screen;
  private final String option;
  private final BatchRunStore runs;
  private final EngineApi api;

  /**
   * @param folder of the engine
   */
  Night(Engine.Running engine, Screen screen, DataFolder folder) {
    this.screen = screen;
    this.option = folder.option();
    this.api = EngineApi.of(engine.address(), folder);
    this.runs = engine.context().getBean(BatchRunStore.class);
  }

  /**
   * Returns when the day after the last one is accrued.
   *
   * @return the run that did
   * @throws CommandFailure if it has not completed
   */
  BatchRun carryOut() {
    LocalDate first =
        last(LOAD)
            .orElseGet(() -> completed(LOAD, Map.of("loans", LOANS, DATE, FIRST_DAY.toString())));
    LocalDate day = last(ACCRUAL).map(last -> last.plusDays(1)).orElse(first);
    completed(ACCRUAL, Map.of(DATE, day.toString()));
    return runs.latest(Optional.of(ACCRUAL), 1).getFirst();
  }

  /** The day of the last run that has completed. */
  private Optional<LocalDate> last(String job) {
    return runs.latest(Optional.of(job), SEARCHED).stream()
        .filter(run -> run.state() == BatchRunState.COMPLETED)
        .findFirst()
        .map(Night::day);
  }

  /** The day of a run that has completed by then; one that an earlier demo has left goes on. */
  private LocalDate completed(String job, Map<String, String> parameters) {
    BatchRun run =
        switch (runs.request(job, parameters, FIRST_DAY, "demo")) {
          case BatchRequest.Accepted(BatchRun accepted) -> accepted;
          case BatchRequest.Taken(BatchRun taken) -> {
            runs.restart(taken.id());
            yield taken;
          }
          case BatchRequest.UnknownJob _ ->
              throw new CommandFailure("the demo's scheduler has no batch job " + job);
          case BatchRequest.WrongParameters(String why) -> throw new CommandFailure(why);
        };
    JsonNode ended = BatchWatch.of(run.id(), api, screen).toEnd();
    screen.say(BatchEndText.of(ended, option));
    if (!ended.path("state").asString().equals(BatchRunState.COMPLETED.name())) {
      throw new CommandFailure(
          "the demo's night failed: run %s of %s has not completed".formatted(run.id(), job));
    }
    return day(run);
  }

  private static LocalDate day(BatchRun run) {
    return LocalDate.parse(run.parameters().getOrDefault(DATE, FIRST_DAY.toString()));
  }
}
