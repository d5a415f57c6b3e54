package io.millrace.standalone.command;

import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.engine.EngineAddress;
import io.millrace.standalone.failure.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks a running engine over HTTP. */
public final class EngineApi {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI base;
  private final Supplier<String> token;

  /**
   * @param base where the API is
   * @param token what to send with each request
   */
  EngineApi(URI base, Supplier<String> token) {
    this.base = base;
    this.token = token;
  }

  /** The API of the engine that runs in {@code folder}, asked by whoever may read that. */
  public static EngineApi of(EngineAddress engine, DataFolder folder) {
    return new EngineApi(engine.api(), OwnToken.in(folder, Map.of()));
  }

  /**
   * How an engine is, which everybody may ask.
   *
   * @throws CommandFailure if nobody answers
   */
  static Answer health(EngineAddress engine) {
    return send(HttpRequest.newBuilder(engine.health()));
  }

  /** An answer, whatever its status. */
  record Answer(int status, String body) {

    boolean isOk() {
      return status / 100 == 2;
    }

    /**
     * Checks that the engine has done as it was asked.
     *
     * @throws CommandFailure with what it says against it
     */
    void requireOk() {
      if (!isOk()) {
        throw new CommandFailure(
            detail().orElse("the engine answers with the status %d".formatted(status)));
      }
    }

    /** What a problem of RFC 9457 says for people. */
    private Optional<String> detail() {
      try {
        return JsonMapper.shared().readTree(body).path("detail").asStringOpt();
      } catch (JacksonException _) {
        return Optional.empty(); // somebody else has answered
      }
    }
  }

  /**
   * Asks for what is at {@code path}.
   *
   * @throws CommandFailure if nobody answers
   */
  Answer get(String path) {
    return send(request(path));
  }

  /**
   * Has something done, by a request without a body.
   *
   * @throws CommandFailure if nobody answers
   */
  Answer post(String path) {
    return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
  }

  /**
   * Has something done, by a request with a body of JSON.
   *
   * @throws CommandFailure if nobody answers
   */
  Answer post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** The address of what is at {@code path}. */
  URI at(String path) {
    return base.resolve(path);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(at(path)).header("Authorization", "Bearer " + token.get());
  }

  private static Answer send(HttpRequest.Builder unlimited) {
    HttpRequest request = unlimited.timeout(PATIENCE).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new CommandFailure(
          "no engine answers at %s: ./millrace up starts one, --api names another"
              .formatted(request.uri().resolve("/")),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted while waiting for an answer", e);
    }
  }
}
