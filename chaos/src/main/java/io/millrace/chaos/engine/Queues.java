package io.millrace.chaos.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The queues of a RabbitMQ, as its management plugin shows them. */
public final class Queues implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final URI management;

  /**
   * @param management the address of the management plugin, with user and password
   */
  public Queues(URI management) {
    this.management = management;
  }

  /**
   * How many messages each queue holds, those in the hands of a consumer included; as of half a
   * second ago, by the node's own statistics.
   */
  public Map<String, Long> messages() throws IOException, InterruptedException {
    Map<String, Long> messages = new TreeMap<>();
    for (JsonNode queue : all("messages")) {
      messages.put(queue.path("name").asString(), queue.path("messages").asLong());
    }
    return messages;
  }

  /** How many nodes have a replica of each queue. */
  public Map<String, Integer> members() throws IOException, InterruptedException {
    Map<String, Integer> members = new TreeMap<>();
    for (JsonNode queue : all("members")) {
      members.put(queue.path("name").asString(), queue.path("members").size());
    }
    return members;
  }

  /** The node that leads a queue, if one does at the moment. */
  Optional<String> leader(String name) throws IOException, InterruptedException {
    for (JsonNode queue : all("leader")) {
      if (queue.path("name").asString().equals(name)) {
        return Optional.of(queue.path("leader").asString(""));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    http.close();
  }

  private JsonNode all(String column) throws IOException, InterruptedException {
    String credentials =
        Base64.getEncoder().encodeToString(management.getUserInfo().getBytes(UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://%s:%d/api/queues?columns=name,%s"
                        .formatted(management.getHost(), management.getPort(), column)))
            .header("Authorization", "Basic " + credentials)
            .timeout(LIMIT)
            .build();
    return json.readTree(http.send(request, BodyHandlers.ofString()).body());
  }
}
