package io.millrace.client.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published AsyncAPI document and JSON Schemas say what the code does. */
class AsyncApiTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final JsonNode document = JSON.valueToTree(new Yaml().load(text("../asyncapi.yaml")));
  private final JsonNode messageSchema = JSON.readTree(text("job-message.v1.schema.json"));
  private final JsonNode outcomeSchema = JSON.readTree(text("outcome-event.v1.schema.json"));

  @Test
  void namesTheExchanges() {
    assertThat(document.path("channels").findValues("exchange"))
        .extracting(exchange -> exchange.path("name").asString())
        .containsExactlyInAnyOrder(
            ContractNames.JOBS,
            ContractNames.JOBS_HIGH,
            ContractNames.JOBS_LOW,
            ContractNames.EVENTS,
            ContractNames.EVENTS);
    assertThat(strings(messageSchema.at("/properties/exchange/enum")))
        .containsExactlyInAnyOrder(
            Arrays.stream(Lane.values()).map(ContractNames::exchangeOf).toArray(String[]::new));
  }

  @Test
  void namesTheHeadersAndTheirLimits() {
    List<String> headers = Arrays.stream(JobHeader.values()).map(JobHeader::header).toList();
    List<String> attributes = Arrays.stream(JobHeader.values()).map(JobHeader::attribute).toList();
    JsonNode published = document.at("/components/schemas/jobHeaders/properties");

    assertThat(published.propertyNames()).containsExactlyElementsOf(headers);
    assertThat(messageSchema.at("/properties/headers/properties").propertyNames())
        .containsExactlyElementsOf(headers);
    assertThat(messageSchema.at("/$defs/cloudEvent/properties").propertyNames())
        .containsAll(attributes);
    assertThat(published.findValues("maxLength"))
        .hasSize(4)
        .allMatch(limit -> limit.asInt() == ContractNames.MAX_NAME_LENGTH);
    assertThat(messageSchema.at("/$defs/name/maxLength").asInt())
        .isEqualTo(ContractNames.MAX_NAME_LENGTH);
    assertThat(messageSchema.at("/$defs/source/maxLength").asInt())
        .isEqualTo(ContractNames.MAX_SOURCE_LENGTH);
  }

  @Test
  void givesTheFormOfJobTypes() {
    String anchored = "^" + JobType.PATTERN + "$";

    assertThat(document.at("/components/parameters/jobType/description").asString())
        .contains(JobType.PATTERN, "at most %d ".formatted(JobType.MAX_LENGTH));
    assertThat(messageSchema.at("/$defs/jobType/pattern").asString()).isEqualTo(anchored);
    assertThat(outcomeSchema.at("/$defs/outcome/properties/type/pattern").asString())
        .isEqualTo(anchored);
    assertThat(messageSchema.at("/$defs/jobType/maxLength").asInt()).isEqualTo(JobType.MAX_LENGTH);
  }

  @Test
  void givesTheFormOfRoutingKeys() {
    assertThat(document.at("/channels/jobs/address").asString()).isEqualTo("{jobType}");
    String address = document.at("/channels/events/address").asString();

    for (OutcomeEvent event : Samples.outcomes().values()) {
      JobType type = event.job().type();
      assertThat(event.routingKey())
          .isEqualTo(
              address
                  .replace("{state}", event.outcome().state())
                  .replace("{jobType}", type == null ? OutcomeEvent.UNKNOWN_TYPE : type.name()));
    }
  }

  @Test
  void givesTheNamesOfWhatIsSaidAboutEndpoints() {
    JsonNode schema = JSON.readTree(text("endpoint-event.v1.schema.json"));

    assertThat(document.at("/channels/endpointEvents/address").asString())
        .isEqualTo(EndpointEvent.ROUTING_KEY);
    assertThat(document.at("/components/messages/endpointDisabled/contentType").asString())
        .isEqualTo(ContractNames.CLOUD_EVENT_JSON);
    assertThat(schema.at("/properties/type/const").asString()).isEqualTo(EndpointEvent.TYPE);
    assertThat(schema.at("/properties/dataschema/const").asString())
        .isEqualTo(EndpointEvent.DATA_SCHEMA)
        .isEqualTo(schema.at("/$defs/endpoint/$id").asString());
    assertThat(strings(schema.at("/$defs/endpoint/properties/reason/examples")))
        .containsExactly(
            Arrays.stream(EndpointEvent.Reason.values())
                .map(EndpointEvent.Reason::word)
                .toArray(String[]::new));
  }

  @Test
  void listsTheStatesAndTheRefusals() {
    String[] states =
        Samples.outcomes().values().stream()
            .map(event -> event.outcome().state())
            .distinct()
            .toArray(String[]::new);
    String[] refusals = Arrays.stream(Refusal.values()).map(Enum::name).toArray(String[]::new);

    assertThat(states).hasSize(Outcome.class.getPermittedSubclasses().length);
    assertThat(strings(document.at("/components/parameters/state/enum"))).containsExactly(states);
    assertThat(strings(outcomeSchema.at("/$defs/outcome/properties/state/enum")))
        .containsExactly(states);
    assertThat(strings(document.at("/components/schemas/refusal/enum"))).containsExactly(refusals);
    assertThat(
            strings(
                outcomeSchema.at("/$defs/outcome/properties/refusal/properties/reason/examples")))
        .containsExactly(refusals);
  }

  @Test
  void namesTheContentTypesAndTheSchema() {
    assertThat(document.path("defaultContentType").asString()).isEqualTo(ContractNames.JSON);
    assertThat(document.at("/components/messages/outcome/contentType").asString())
        .isEqualTo(OutcomeEvent.CONTENT_TYPE);
    assertThat(outcomeSchema.at("/properties/dataschema/const").asString())
        .isEqualTo(OutcomeEvent.DATA_SCHEMA)
        .isEqualTo(outcomeSchema.at("/$defs/outcome/$id").asString());
    assertThat(document.at("/components/messages/job/payload/description").asString())
        .contains(" " + ContractNames.DEFAULT_MAX_BODY_BYTES + " bytes");
  }

  @Test
  void refersOnlyToWhatThereIs() {
    for (JsonNode reference : document.findValues("$ref")) {
      String target = reference.asString();
      if (target.startsWith("#")) {
        assertThat(document.at(target.substring(1)).isMissingNode()).as(target).isFalse();
      } else {
        String[] fileAndPointer = target.split("#", 2);
        JsonNode file = JSON.readTree(text(fileAndPointer[0].replace("contract/", "")));
        String pointer = fileAndPointer.length == 2 ? fileAndPointer[1] : "";
        assertThat(file.at(pointer).isMissingNode()).as(target).isFalse();
      }
    }
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static String text(String name) {
    String path = "/io/millrace/client/contract/" + name;
    path = path.replace("contract/../", "");
    try (InputStream file = AsyncApiTest.class.getResourceAsStream(path)) {
      assertThat(file).as(path).isNotNull();
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
