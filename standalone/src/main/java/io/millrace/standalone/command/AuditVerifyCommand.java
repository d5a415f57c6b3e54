package io.millrace.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.standalone.failure.CommandFailure;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks that nobody has changed the audit. */
@Command(
    name = "verify",
    description = "Check that no record was changed, moved, taken away or put in.",
    footer = {
      "",
      "The log has the number and the hash of each record (\"change recorded\"): --known checks one",
      "of them, so that not even the whole audit as it was some time ago passes for that of now.",
      "Exit code 0 only if nothing is wrong."
    })
final class AuditVerifyCommand implements Callable<Integer> {

  private static final Pattern KNOWN = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

  @Option(
      names = "--known",
      paramLabel = "NUMBER:HASH",
      description = "A record that has to be there, as the log has it.")
  private @Nullable String known;

  @Option(names = "--json", description = "Print the findings for programs.")
  private boolean json;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Screen screen = Screen.of(spec);
    EngineApi engine = api.engine(common.folder());
    List<JsonNode> findings = new ArrayList<>(unknown(engine));
    JsonNode last = check(engine, findings, screen);
    screen.say(json ? report(last, findings) : text(last, findings));
    return findings.isEmpty() ? 0 : 1;
  }

  private JsonNode check(EngineApi engine, List<JsonNode> findings, Screen screen) {
    LiveLine line = new LiveLine(screen);
    String path = "/v1/audit/verification";
    long checked = 0;
    while (true) {
      EngineApi.Answer answer = engine.get(path);
      answer.requireOk();
      JsonNode stretch = JsonMapper.shared().readTree(answer.body());
      stretch.path("findings").forEach(findings::add);
      checked += stretch.path("checked").asLong();
      if (stretch.path("complete").asBoolean()) {
        line.end();
        return stretch;
      }
      if (!json) {
        long count = Math.max(1, stretch.path("count").asLong());
        line.show((double) checked / count, "%,d of %,d records".formatted(checked, count));
      }
      path =
          "/v1/audit/verification?after="
              + URLEncoder.encode(stretch.path("next").asString(), UTF_8);
    }
  }

  /** The record that has to be there, if it is not. */
  private List<JsonNode> unknown(EngineApi engine) {
    if (known == null) {
      return List.of();
    }
    Matcher form = KNOWN.matcher(known);
    if (!form.matches()) {
      throw new CommandFailure(
          "--known is no NUMBER:HASH: take both from the line \"change recorded\" of a log");
    }
    EngineApi.Answer answer = engine.get("/v1/audit/" + form.group(1));
    if (answer.status() != 404) {
      answer.requireOk();
      if (JsonMapper.shared()
          .readTree(answer.body())
          .path("hash")
          .asString("")
          .equals(form.group(2))) {
        return List.of();
      }
    }
    ObjectNode finding = JsonMapper.shared().createObjectNode();
    return List.of(
        finding
            .put("kind", "NOT_AS_LOGGED")
            .put("from", Long.parseLong(form.group(1)))
            .put("to", Long.parseLong(form.group(1)))
            .put("detail", "record %s is not the one of the log".formatted(form.group(1))));
  }

  private static String report(JsonNode last, List<JsonNode> findings) {
    ObjectNode report = JsonMapper.shared().createObjectNode();
    report.put("intact", findings.isEmpty());
    report.set("count", last.path("count"));
    report.set("hash", last.path("hash"));
    ArrayNode list = report.putArray("findings");
    findings.forEach(list::add);
    return report.toString();
  }

  private static String text(JsonNode last, List<JsonNode> findings) {
    if (findings.isEmpty()) {
      return "the audit is whole: %s records, the last one with the hash %s."
          .formatted(last.path("count").asString(), last.path("hash").asString());
    }
    StringBuilder text = new StringBuilder("the audit was changed:");
    for (JsonNode finding : findings) {
      text.append(System.lineSeparator())
          .append("  ")
          .append(finding.path("kind").asString())
          .append(": ")
          .append(Table.plain(finding.path("detail").asString()));
    }
    return text.toString();
  }
}
