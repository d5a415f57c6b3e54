package io.millrace.admin.problem;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.admin.trace.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Answers a problem where no controller is near: in filters, and before there is any. */
public final class ProblemAnswer {

  private ProblemAnswer() {}

  /**
   * Answers the problem, as a controller that throws it would. Headers that are set already stay.
   *
   * @throws IOException if nobody is there any more who could read it
   */
  public static void write(
      ApiProblem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    problem.setInstance(URI.create(request.getRequestURI()));
    write(problem, response);
  }

  /**
   * Answers the problem where the request is not at hand.
   *
   * @throws IOException if nobody is there any more who could read it
   */
  public static void write(ApiProblem problem, HttpServletResponse response) throws IOException {
    problem
        .getHeaders()
        .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    byte[] body = json(problem.getBody(), response.getHeader(RequestId.HEADER));
    response.setStatus(problem.getStatusCode().value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** The problem as JSON, its members in the order of RFC 9457. */
  private static byte[] json(ProblemDetail problem, @Nullable String requestId) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", String.valueOf(problem.getType()));
    members.put("title", String.valueOf(problem.getTitle()));
    members.put("status", problem.getStatus());
    members.put("detail", String.valueOf(problem.getDetail()));
    if (problem.getInstance() != null) {
      members.put("instance", problem.getInstance().toString());
    }
    if (problem.getProperties() != null) {
      members.putAll(problem.getProperties());
    }
    if (requestId != null) {
      members.put("requestId", requestId);
    }
    return JsonMapper.shared().writeValueAsString(members).getBytes(UTF_8);
  }
}
