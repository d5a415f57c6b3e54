package io.millrace.admin.problem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The answer to a request that is refused: the only way in which code of the API says no. */
public final class ApiProblem extends ErrorResponseException {

  private static final long serialVersionUID = 1;

  /**
   * @param detail a sentence for people that says what is wrong and what to do; it holds no secrets
   */
  public ApiProblem(ProblemType type, String detail) {
    this(type, detail, null);
  }

  /**
   * @param cause for the log; the answer does not tell of it
   */
  public ApiProblem(ProblemType type, String detail, @Nullable Throwable cause) {
    super(type.status(), body(type, detail), cause);
  }

  /** Adds a member for programs to read. */
  public ApiProblem with(String member, Object value) {
    getBody().setProperty(member, value);
    return this;
  }

  /** Adds after which time the same may succeed; at least one second. */
  public ApiProblem retryAfter(Duration wait) {
    getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, roundedUp(wait))));
    return this;
  }

  private static long roundedUp(Duration wait) {
    return wait.plusNanos(999_999_999).toSeconds();
  }

  private static ProblemDetail body(ProblemType type, String detail) {
    ProblemDetail body = ProblemDetail.forStatusAndDetail(type.status(), detail);
    body.setType(type.uri());
    body.setTitle(type.title());
    return body;
  }
}
