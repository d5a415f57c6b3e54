package io.millrace.chaos.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How many messages the queues of a RabbitMQ hold, those in the hands of a consumer included. */
public final class Queues implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final HttpRequest request;

  /**
   * @param management the address of the management plugin, with user and password
   */
  public Queues(URI management) {
    String credentials =
        Base64.getEncoder().encodeToString(management.getUserInfo().getBytes(UTF_8));
    this.request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://%s:%d/api/queues?columns=name,messages"
                        .formatted(management.getHost(), management.getPort())))
            .header("Authorization", "Basic " + credentials)
            .build();
  }

  /** By name; as of half a second ago, by the node's own statistics. */
  public Map<String, Long> messages() throws IOException, InterruptedException {
    Map<String, Long> messages = new TreeMap<>();
    for (JsonNode queue : json.readTree(http.send(request, BodyHandlers.ofString()).body())) {
      messages.put(queue.path("name").asString(), queue.path("messages").asLong());
    }
    return messages;
  }

  @Override
  public void close() {
    http.close();
  }
}
