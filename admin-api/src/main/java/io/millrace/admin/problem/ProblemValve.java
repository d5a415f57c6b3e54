package io.millrace.admin.problem;

import io.millrace.admin.trace.RequestId;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/**
 * What Tomcat answers by itself, as a problem: to requests that it cannot even read, and where a
 * filter has failed. It is made by Tomcat, by its name.
 */
public final class ProblemValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    ProblemType type = ProblemType.of(HttpStatusCode.valueOf(response.getStatus()));
    ApiProblem problem = new ApiProblem(type, detail(type), failure);
    if (response.getHeader(RequestId.HEADER) == null) {
      response.setHeader(RequestId.HEADER, RequestId.fresh());
    }
    try {
      // Of a request that Tomcat cannot read there is no path that could be trusted to be one.
      ProblemAnswer.write(problem, response);
      response.finishResponse();
    } catch (IOException | IllegalStateException e) {
      container.getLogger().debug("nobody reads the answer any more", e);
    }
  }

  private static String detail(ProblemType type) {
    return switch (type) {
      case INVALID_REQUEST -> "that is no request of HTTP/1.1 as it is taken here";
      case INTERNAL_ERROR -> "something is wrong here; the log has it";
      default -> type.title();
    };
  }
}
