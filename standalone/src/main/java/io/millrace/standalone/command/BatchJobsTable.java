package io.millrace.standalone.command;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Batch jobs as the API lists them, a line each, for people. */
final class BatchJobsTable {

  private BatchJobsTable() {}

  static String of(List<JsonNode> jobs) {
    Table table = new Table("job", "parameters", "description");
    for (JsonNode job : jobs) {
      table.add(
          BatchFigures.text(job, "name"), parameters(job), BatchFigures.text(job, "description"));
    }
    return table.text();
  }

  /** A day of the calendar that has to be given: {@code date=DATE}; a default: {@code days=30}. */
  private static String parameters(JsonNode job) {
    List<String> all = new ArrayList<>();
    for (JsonNode parameter : job.path("parameters")) {
      String value =
          parameter.has("defaultValue")
              ? BatchFigures.text(parameter, "defaultValue")
              : BatchFigures.text(parameter, "kind");
      all.add(BatchFigures.text(parameter, "name") + "=" + value);
    }
    return all.isEmpty() ? "-" : String.join(" ", all);
  }
}
