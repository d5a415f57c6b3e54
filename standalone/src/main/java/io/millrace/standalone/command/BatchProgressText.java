package io.millrace.standalone.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How far a batch run is, in half a line. */
final class BatchProgressText {

  private BatchProgressText() {}

  static String of(JsonNode progress) {
    List<String> said = new ArrayList<>();
    if (progress.has("total")) {
      said.add(BatchFigures.percent(progress) + " %");
      said.add(
          BatchFigures.count(progress, "done") + " of " + BatchFigures.count(progress, "total"));
    } else {
      said.add(BatchFigures.count(progress, "done") + " done");
    }
    double perSecond = progress.path("perSecond").asDouble();
    if (perSecond > 0) {
      said.add(BatchFigures.pace(perSecond));
    }
    if (progress.has("secondsLeft")) {
      Duration left = Duration.ofSeconds(progress.path("secondsLeft").asLong());
      said.add(BatchFigures.duration(left) + " left");
    }
    if (progress.path("skipped").asLong() > 0) {
      said.add(BatchFigures.count(progress, "skipped") + " skipped");
    }
    if (progress.has("step")) {
      said.add(BatchFigures.text(progress, "step"));
    }
    return String.join(", ", said);
  }
}
