package io.millrace.standalone.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What the API says of batch runs, as people write it. */
final class BatchFigures {

  private static final int SHORT_ID = 8;

  private BatchFigures() {}

  /** The beginning of an id that is enough for every command. */
  static String shortId(JsonNode run) {
    String id = text(run, "id");
    return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
  }

  static String parameters(JsonNode run) {
    return run.path("parameters").properties().stream()
        .map(each -> each.getKey() + "=" + each.getValue().asString())
        .collect(Collectors.joining(" "));
  }

  /** How far a run or a partition is: {@code 74.9 % of 4,000}, or {@code 2,999} of nobody knows. */
  static String share(JsonNode progress) {
    return progress.has("percent")
        ? "%s %% of %s".formatted(percent(progress), count(progress, "total"))
        : count(progress, "done");
  }

  static String percent(JsonNode progress) {
    return String.format(Locale.ROOT, "%.1f", progress.path("percent").asDouble());
  }

  static String count(JsonNode node, String field) {
    return String.format(Locale.ROOT, "%,d", node.path(field).asLong());
  }

  /** How many a second; a tenth of one counts where they are few. */
  static String pace(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 100 ? "%.1f/s" : "%,.0f/s", perSecond);
  }

  /** To what is of interest: two units at most. */
  static String duration(Duration duration) {
    if (duration.toMinutes() == 0) {
      return "%d s".formatted(Math.max(0, duration.toSeconds()));
    }
    if (duration.toHours() == 0) {
      return "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
    }
    if (duration.toDays() == 0) {
      return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return "%d d %d h".formatted(duration.toDays(), duration.toHoursPart());
  }

  /** From the first time to the other one. */
  static Duration between(JsonNode node, String from, String to) {
    return Duration.between(Instant.parse(text(node, from)), Instant.parse(text(node, to)));
  }

  static String text(JsonNode node, String field) {
    return Table.plain(node.path(field).asString(""));
  }
}
