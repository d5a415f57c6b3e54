package io.millrace.admin.http;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemAnswer;
import io.millrace.admin.problem.ProblemType;
import java.io.IOException;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.cors.DefaultCorsProcessor;

/** Refuses pages of others by a problem. */
final class ProblemCorsProcessor extends DefaultCorsProcessor {

  @Override
  protected void rejectRequest(ServerHttpResponse response) throws IOException {
    ProblemAnswer.write(
        new ApiProblem(
            ProblemType.FORBIDDEN,
            "pages of this origin may not call the API: see millrace.api.cors.origins"),
        ((ServletServerHttpResponse) response).getServletResponse());
    response.flush();
  }
}
