package io.millrace.standalone.command;

import io.millrace.standalone.failure.CommandFailure;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Which jobs are to be replayed, and how. */
final class ReplayOptions {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Option(
      names = "--ids",
      split = ",",
      paramLabel = "ID",
      description = "These jobs, by commas; at most 1,000.")
  private @Nullable List<String> ids;

  @Option(names = "--group", paramLabel = "GROUP", description = "Those of this group of failures.")
  private @Nullable String group;

  @Option(names = "--all", description = "All that stand failed.")
  private boolean all;

  @Option(names = "--type", paramLabel = "TYPE", description = "Those of this type.")
  private @Nullable String type;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Those of this tenant.")
  private @Nullable String tenant;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Those whose failure's class or words contain this.")
  private @Nullable String text;

  @Option(names = "--from", paramLabel = "TIME", description = "Those that failed then or later.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Those that failed before then.")
  private @Nullable String to;

  @Option(
      names = "--patch",
      paramLabel = "JSON",
      description = "A JSON Merge Patch (RFC 7396) of each job's payload.")
  private @Nullable String patch;

  @Option(
      names = "--payload",
      paramLabel = "JSON",
      description = "Another payload, for a single job.")
  private @Nullable String payload;

  @Option(names = "--rate", paramLabel = "N", description = "How many jobs a second.")
  private @Nullable Integer rate;

  @Option(
      names = "--canary",
      paramLabel = "N",
      description = "So many jobs first; the others follow if they succeed.")
  private @Nullable Integer canary;

  @Option(
      names = "--canary-share",
      paramLabel = "PERCENT",
      description = "How many of a hundred of these have to succeed.")
  private @Nullable Integer canaryShare;

  /**
   * What to send.
   *
   * @throws CommandFailure if it is not clear which jobs are meant, or something is no JSON
   */
  String body() {
    ObjectNode body = JSON.createObjectNode();
    boolean filtered = Stream.of(type, tenant, text, from, to).anyMatch(Objects::nonNull);
    if (Stream.of(ids != null, group != null, filtered || all).filter(said -> said).count() != 1) {
      throw new CommandFailure(
          "say which jobs: by --ids, by --group, by a filter such as --type, or --all");
    }
    if (ids != null) {
      body.set("ids", JSON.valueToTree(ids));
    } else if (group != null) {
      body.put("group", group);
    } else {
      filter(body.putObject("filter"));
    }
    putJson(body, "patch", patch);
    putJson(body, "payload", payload);
    put(body, "perSecond", rate);
    put(body, "canary", canary);
    put(body, "canaryShare", canaryShare);
    return body.toString();
  }

  private void filter(ObjectNode filter) {
    put(filter, "type", type);
    put(filter, "tenant", tenant);
    put(filter, "text", text);
    put(filter, "from", from);
    put(filter, "to", to);
  }

  private static void put(ObjectNode node, String name, @Nullable Object value) {
    if (value != null) {
      node.set(name, JSON.valueToTree(value));
    }
  }

  /** Digit by digit as it was given. */
  private static void putJson(ObjectNode node, String name, @Nullable String json) {
    if (json != null) {
      requireJson(name, json);
      node.putRawValue(name, new RawValue(json));
    }
  }

  /**
   * Checks an option.
   *
   * @throws CommandFailure if it is no JSON
   */
  static JsonNode requireJson(String name, String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      throw new CommandFailure("--%s is no JSON: %s".formatted(name, e.getOriginalMessage()), e);
    }
  }
}
