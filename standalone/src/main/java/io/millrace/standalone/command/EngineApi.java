package io.millrace.standalone.command;

import io.millrace.standalone.failure.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a running engine over HTTP. */
final class EngineApi {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private EngineApi() {}

  /** An answer, whatever its status. */
  record Answer(int status, String body) {

    boolean isOk() {
      return status == 200;
    }
  }

  /**
   * Asks for {@code resource}.
   *
   * @throws CommandFailure if nobody answers
   */
  static Answer get(URI resource) {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(resource).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new CommandFailure(
          "no engine answers at %s: ./millrace up starts one, --api names another"
              .formatted(resource.resolve("/")),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted while waiting for an answer", e);
    }
  }
}
