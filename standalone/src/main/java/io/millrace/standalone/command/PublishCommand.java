package io.millrace.standalone.command;

import io.millrace.client.JobPublisher;
import io.millrace.client.PublishException;
import io.millrace.client.contract.JobId;
import io.millrace.client.contract.Lane;
import io.millrace.core.job.JobState;
import io.millrace.standalone.engine.BrokerCheck;
import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.engine.EngineAddress;
import io.millrace.standalone.failure.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Publishes one message. */
@Command(
    name = "publish",
    description = "Publish a job message and wait until the broker has it.",
    footer = {
      "",
      "example: ./millrace publish cashflow.xirr flows.json --id portfolio-7",
      "Published again with the same --id it runs once. With --wait the exit status is 1",
      "if the job does not succeed."
    })
public final class PublishCommand implements Callable<Integer> {

  private static final String DEFAULT_TENANT = "default";
  private static final String OF_DEFAULT = " (of the tenant 'default'; --tenant names another)";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Parameters(
      index = "0",
      paramLabel = "TYPE",
      description = "The job type, such as loan.amortize.")
  private String type = "";

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "The payload, a file of JSON; - reads standard input.")
  private String file = "";

  @Option(
      names = "--id",
      paramLabel = "MESSAGE_ID",
      description = "The idempotency key; a random one by default.")
  private String messageId = UUID.randomUUID().toString();

  @Option(names = "--tenant", paramLabel = "NAME", description = "Whose job it is.")
  private @Nullable String tenant;

  @ArgGroup private @Nullable LaneOption lane;

  @Option(
      names = "--not-before",
      paramLabel = "TIME",
      description = "The job waits until then, such as 2027-01-31T06:00:00Z.")
  private @Nullable String notBefore;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description = "The job is not started any more after it.")
  private @Nullable String deadline;

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description =
          "The broker; by default that of MILLRACE_BROKER_URI, else of the engine that runs here.")
  private @Nullable String broker;

  @Option(names = "--wait", description = "Wait until the job has ended, and show it.")
  private boolean wait;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Which of the type's queues. */
  static final class LaneOption {

    @Option(names = "--high", description = "Take the lane for what is urgent.")
    private boolean high;

    @Option(names = "--low", description = "Take the lane for what can wait.")
    private boolean low;

    Lane lane() {
      return high ? Lane.HIGH : low ? Lane.LOW : Lane.NORMAL;
    }
  }

  @Override
  public Integer call() throws IOException {
    byte[] payload = payload();
    DataFolder folder = common.folder();
    EngineApi answersAt = wait ? api.engine(folder) : null;
    String uri = uri(folder);
    BrokerCheck.requireBroker(uri);
    publish(uri, payload);
    JobId id = JobId.of(tenant == null ? DEFAULT_TENANT : tenant, messageId);
    Screen screen = Screen.of(spec);
    screen.say("published %s, message %s".formatted(type, messageId));
    screen.say("job %s%s".formatted(id, tenant == null && broker != null ? OF_DEFAULT : ""));
    if (answersAt == null) {
      screen.say("./millrace job %s%s".formatted(id, folder.option()));
      return 0;
    }
    JsonNode ended = JobEnd.await(answersAt, id);
    screen.say(JobText.of(ended));
    return ended.path("state").asString().equals(JobState.SUCCEEDED.name()) ? 0 : 1;
  }

  private void publish(String uri, byte[] payload) {
    try (JobPublisher publisher =
        JobPublisher.builder()
            .uri(uri)
            .name("millrace publish")
            .confirmTimeout(PATIENCE)
            .connect()) {
      publisher
          .job(type)
          .messageId(messageId)
          .payload(payload)
          .tenant(tenant)
          .lane(lane == null ? Lane.NORMAL : lane.lane())
          .notBefore(time("--not-before", notBefore))
          .deadline(time("--deadline", deadline))
          .publish()
          .join();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("this is no job: " + e.getMessage(), e);
    } catch (CompletionException e) {
      throw e.getCause() instanceof PublishException failure ? refused(failure) : e;
    } catch (PublishException e) {
      throw refused(e);
    }
  }

  private CommandFailure refused(PublishException failure) {
    return switch (failure.reason()) {
      case UNROUTABLE, NO_EXCHANGE ->
          new CommandFailure(
              "no worker has the type %s: nothing was published; check its name, or start a worker that has it"
                  .formatted(type),
              failure);
      case REFUSED_BY_BROKER ->
          new CommandFailure(
              "the broker refused it, its queue may be full: publish it again later with --id %s"
                  .formatted(messageId),
              failure);
      case FORBIDDEN, TIMED_OUT, OVERLOADED, CLOSED, INTERRUPTED ->
          new CommandFailure(
              "%s: publish it again with --id %s, it runs once"
                  .formatted(failure.getMessage(), messageId),
              failure);
    };
  }

  private String uri(DataFolder folder) {
    String named = EngineOptions.brokerUri(broker, System.getenv());
    if (named != null) {
      return named;
    }
    return folder
        .engine()
        .map(EngineAddress::broker)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "no engine is running here: ./millrace up%s starts one, --broker names another broker"
                        .formatted(folder.option())));
  }

  private byte[] payload() throws IOException {
    String name = file.equals("-") ? "the input" : file;
    byte[] bytes = file.equals("-") ? System.in.readAllBytes() : read(Path.of(file));
    try {
      if (JsonMapper.shared().readTree(bytes).isMissingNode()) {
        throw new CommandFailure("%s is empty".formatted(name));
      }
      return bytes;
    } catch (JacksonException e) {
      throw new CommandFailure("%s is no JSON: %s".formatted(name, e.getOriginalMessage()), e);
    }
  }

  private static byte[] read(Path path) throws IOException {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new CommandFailure(path + " is no file that can be read");
    }
    return Files.readAllBytes(path);
  }

  private static @Nullable Instant time(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new CommandFailure(
          "%s is %s, and has to be a time with a zone such as 2027-01-31T06:00:00Z"
              .formatted(option, text),
          e);
    }
  }
}
