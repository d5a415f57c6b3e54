package io.millrace.standalone.command;

import io.millrace.standalone.failure.CommandFailure;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Which batch run a command is about. */
final class BatchRunParameter {

  private static final Pattern BEGINNING = Pattern.compile("[0-9a-f][0-9a-f-]{5,35}");
  private static final int LENGTH = 36;
  private static final int SEARCHED = 500;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description =
          "The id of the run, or the beginning of it, 6 characters at least, if it is one of the last 500.")
  private String id = "";

  /**
   * The id.
   *
   * @param engine to ask
   * @throws CommandFailure if it is none, or the beginning of none or of several
   */
  UUID id(EngineApi engine) {
    String given = id.toLowerCase(Locale.ROOT);
    if (!BEGINNING.matcher(given).matches()) {
      throw new CommandFailure(
          "%s is no id of a run: give 6 characters of one at least, as ./millrace batch list shows them"
              .formatted(id));
    }
    return given.length() == LENGTH ? parsed(given) : found(engine, given);
  }

  private UUID parsed(String given) {
    try {
      return UUID.fromString(given);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("%s is no id of a run: such an id is a UUID".formatted(id), e);
    }
  }

  private UUID found(EngineApi engine, String beginning) {
    EngineApi.Answer answer = engine.get("/v1/batch-runs?limit=" + SEARCHED);
    answer.requireOk();
    List<UUID> found =
        JsonMapper.shared()
            .readTree(answer.body())
            .path("runs")
            .valueStream()
            .map(run -> run.path("id").asString())
            .filter(each -> each.startsWith(beginning))
            .map(UUID::fromString)
            .toList();
    if (found.isEmpty()) {
      throw new CommandFailure(
          "none of the last %d batch runs begins with %s: ./millrace batch list shows them"
              .formatted(SEARCHED, id));
    }
    if (found.size() > 1) {
      throw new CommandFailure(
          "%d batch runs begin with %s: give more of the id".formatted(found.size(), id));
    }
    return found.getFirst();
  }
}
