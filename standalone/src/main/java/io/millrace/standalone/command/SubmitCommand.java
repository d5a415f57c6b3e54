package io.millrace.standalone.command;

import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Submits a job over the API. */
@Command(
    name = "submit",
    description = "Submit a job over the API, which checks its payload by the schema of its type.",
    footer = {
      "",
      "example: ./millrace submit http.call '{\"url\":\"https://example.com\"}' --tenant acme",
      "publish sends it over the broker instead, as other systems do."
    })
public final class SubmitCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "TYPE", description = "Of the job.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "PAYLOAD", description = "JSON.")
  private String payload = "";

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Whose job it is; ${DEFAULT-VALUE} by default.")
  private String tenant = "";

  @Option(
      names = "--key",
      paramLabel = "ID",
      description = "Its message id: the same one again is the same job. A new one by default.")
  private @Nullable String key;

  @Option(names = "--lane", paramLabel = "LANE", description = "HIGH, NORMAL or LOW.")
  private @Nullable String lane;

  @Option(names = "--due", paramLabel = "TIME", description = "Not to be started before.")
  private @Nullable String dueAt;

  @Option(names = "--deadline", paramLabel = "TIME", description = "Not to be started after.")
  private @Nullable String deadline;

  @Option(names = "--subject", paramLabel = "NAME", description = "Whom it is about.")
  private @Nullable String subject;

  @Option(names = "--json", description = "Print what the API answers.")
  private boolean json;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ReplayOptions.requireJson("payload", payload);
    EngineApi.Answer answer =
        api.engine(common.folder())
            .post("/v1/jobs", body(), key == null ? UUID.randomUUID().toString() : key);
    answer.requireOk();
    Screen.of(spec)
        .say(
            json
                ? answer.body()
                : JsonMapper.shared().readTree(answer.body()).path("id").asString());
    return 0;
  }

  private String body() {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("tenant", tenant).put("type", type);
    body.putRawValue("payload", new RawValue(payload));
    putIfGiven(body, "lane", lane);
    putIfGiven(body, "dueAt", dueAt);
    putIfGiven(body, "deadline", deadline);
    putIfGiven(body, "subject", subject);
    return body.toString();
  }

  private static void putIfGiven(ObjectNode body, String name, @Nullable String value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
