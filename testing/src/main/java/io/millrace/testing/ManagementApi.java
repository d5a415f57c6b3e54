package io.millrace.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;

/** The few calls to RabbitMQ's management plugin that the tests need. */
final class ManagementApi {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Pattern RUNNING = Pattern.compile("\\{\"running\":true\\}");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
  private final URI base;
  private final String authorization;

  ManagementApi(URI address) {
    this.base =
        URI.create(
            "%s://%s:%d".formatted(address.getScheme(), address.getHost(), address.getPort()));
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString(address.getUserInfo().getBytes(UTF_8));
  }

  /** Whether the node answers and has finished its start. */
  boolean isUp() {
    try {
      return send("GET", "/api/vhosts", "").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** How many nodes of the cluster run, as this one sees it; 0 if it does not answer. */
  long runningNodes() {
    try {
      String nodes = send("GET", "/api/nodes?columns=running", "").body();
      return RUNNING.matcher(nodes).results().count();
    } catch (IOException e) {
      return 0;
    }
  }

  void createVirtualHost(String name) {
    call("PUT", "/api/vhosts/" + encode(name), "{}");
  }

  /** Closes the connections to it as well. */
  void deleteVirtualHost(String name) {
    call("DELETE", "/api/vhosts/" + encode(name), "");
  }

  /** Makes a user, if there is none of that name, who may do everything in a virtual host. */
  void createUser(String user, String password, String virtualHost) {
    call(
        "PUT",
        "/api/users/" + encode(user),
        "{\"password\":\"%s\",\"tags\":\"\"}".formatted(password));
    call(
        "PUT",
        "/api/permissions/%s/%s".formatted(encode(virtualHost), encode(user)),
        "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
  }

  void deleteUser(String user) {
    call("DELETE", "/api/users/" + encode(user), "");
  }

  /**
   * Closes all connections of a user that the broker has in its list. Where one of them has just
   * ended by itself, the broker stops there and answers 500: it is asked until it is through.
   */
  void closeConnections(String user) {
    String path = connectionsOf(user);
    long end = System.nanoTime() + LIMIT.toNanos();
    HttpResponse<String> response = ask("DELETE", path, "");
    while (response.statusCode() == 500 && System.nanoTime() < end) {
      pause();
      response = ask("DELETE", path, "");
    }
    requireDone(response);
  }

  /** Waits until the broker has one in its list, which is a while after it has let it in. */
  void awaitConnection(String user) {
    String path = connectionsOf(user);
    long end = System.nanoTime() + LIMIT.toNanos();
    while (isEmptyList(path)) {
      if (System.nanoTime() > end) {
        throw new TestServerException("RabbitMQ knows no connection of " + user);
      }
      pause();
    }
  }

  private static String connectionsOf(String user) {
    return "/api/connections/username/" + encode(user);
  }

  private boolean isEmptyList(String path) {
    HttpResponse<String> response = ask("GET", path, "");
    return response.statusCode() == 404 || response.body().equals("[]");
  }

  private synchronized void pause() {
    try {
      wait(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestServerException("interrupted while RabbitMQ was asked", e);
    }
  }

  private void call(String method, String path, String body) {
    requireDone(ask(method, path, body));
  }

  /** What was to be deleted may be gone already. */
  private static void requireDone(HttpResponse<String> response) {
    int status = response.statusCode();
    String method = response.request().method();
    if (status >= 300 && !(method.equals("DELETE") && status == 404)) {
      throw new TestServerException(
          "RabbitMQ answered %d to %s %s: %s"
              .formatted(status, method, response.uri().getPath(), response.body()));
    }
  }

  private HttpResponse<String> ask(String method, String path, String body) {
    try {
      return send(method, path, body);
    } catch (IOException e) {
      throw new TestServerException("RabbitMQ's management API does not answer at " + base, e);
    }
  }

  private HttpResponse<String> send(String method, String path, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(LIMIT)
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestServerException("interrupted while RabbitMQ was asked", e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
