package io.millrace.admin.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.HttpStatus;

/**
 * Passes requests on to a scheduler's dashboard, and its answers back, as they come: what the
 * dashboard sends while things happen is seen at once. Cookies and credentials of the browser stay
 * here, and those of the dashboard are never seen there.
 */
final class DashboardProxy implements ApplicationListener<ContextClosedEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(DashboardProxy.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 256 * 1024;
  private static final int PIECE = 16 * 1024;

  private static final List<String> ASKED =
      List.of("Accept", "Content-Type", "If-Modified-Since", "If-None-Match", "Last-Event-ID");

  private static final List<String> ANSWERED =
      List.of("Content-Security-Policy", "Content-Type", "ETag", "Last-Modified");

  private final DashboardProxyProperties dashboard;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** Answers on their way; some have no end. */
  private final Set<InputStream> open = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  DashboardProxy(DashboardProxyProperties dashboard) {
    this.dashboard = dashboard;
  }

  /**
   * Returns when the answer is over, or whoever asked for it is gone.
   *
   * @throws ApiProblem if the dashboard does not answer
   */
  void pass(HttpServletRequest asked, HttpServletResponse answer)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> found = send(asked);
    try (InputStream body = found.body()) {
      open.add(body);
      requireWelcome(found);
      answer.setStatus(found.statusCode());
      for (String name : ANSWERED) {
        found.headers().firstValue(name).ifPresent(value -> answer.setHeader(name, value));
      }
      if (!closed) {
        copy(body, answer.getOutputStream());
      }
    } finally {
      open.remove(found.body());
    }
  }

  private HttpResponse<InputStream> send(HttpServletRequest asked)
      throws IOException, InterruptedException {
    HttpRequest request = request(asked);
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("dashboard", dashboard.url()).setCause(e).log("dashboard away");
      throw away(e);
    }
  }

  private HttpRequest request(HttpServletRequest asked) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target(asked))
            .timeout(PATIENCE)
            .header("Authorization", "Basic " + credentials())
            .method(asked.getMethod(), BodyPublishers.ofByteArray(body(asked)));
    for (String name : ASKED) {
      String value = asked.getHeader(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    return request.build();
  }

  private URI target(HttpServletRequest asked) {
    String query = asked.getQueryString();
    try {
      // The path begins with a slash, so it stays one whatever is in it.
      return URI.create(
          dashboard.url() + asked.getRequestURI() + (query == null ? "" : "?" + query));
    } catch (IllegalArgumentException e) {
      throw new ApiProblem(
          ProblemType.INVALID_REQUEST,
          "the address has signs in it that have to be spelled by code",
          e);
    }
  }

  private static byte[] body(HttpServletRequest asked) throws IOException {
    byte[] body = asked.getInputStream().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      throw new ApiProblem(
          ProblemType.TOO_LARGE, "the dashboard takes at most %d bytes".formatted(MOST_BYTES));
    }
    return body;
  }

  private String credentials() {
    return Base64.getEncoder()
        .encodeToString((dashboard.user() + ":" + dashboard.password()).getBytes(UTF_8));
  }

  /** That it does not know us is our affair: the browser must not ask people for that password. */
  private void requireWelcome(HttpResponse<InputStream> found) {
    if (found.statusCode() == HttpStatus.UNAUTHORIZED.value()) {
      LOG.atError()
          .addKeyValue("dashboard", dashboard.url())
          .log("the dashboard does not know millrace.api.dashboard.user, or not by this password");
      throw away(null);
    }
  }

  private static ApiProblem away(@Nullable Throwable cause) {
    return new ApiProblem(
            ProblemType.OVERLOADED,
            "no scheduler's dashboard answers; try again in a moment",
            cause)
        .retryAfter(RETRY);
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
      to.write(piece, 0, length);
      to.flush();
    }
  }

  /** What has no end is ended, or the process could not. */
  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    closed = true;
    for (InputStream body : open) {
      try {
        body.close();
      } catch (IOException e) {
        LOG.atDebug().setCause(e).log("an answer of the dashboard was over already");
      }
    }
    http.shutdownNow();
  }
}
