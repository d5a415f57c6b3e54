package io.millrace.admin.problem;

import io.millrace.admin.trace.RequestId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Answers whatever goes wrong as a problem of RFC 9457. No answer has a stack trace, the name of a
 * class, or the words of a library: those are in the log, under the id of the request.
 */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  private final Refusals refusals;

  ProblemAdvice(Refusals refusals) {
    this.refusals = refusals;
  }

  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  @Nullable ResponseEntity<Object> database(NestedRuntimeException e, WebRequest request) {
    ApiProblem problem = DatabaseRefusals.of(e);
    if (problem.getStatusCode().value() == ProblemType.UNAVAILABLE.status().value()) {
      LOG.atWarn().setCause(e).log("database away while answering a request");
    } else {
      LOG.atError().setCause(e).log("the database refused what a request led to");
    }
    return answer(problem, request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> unforeseen(Exception e, WebRequest request) {
    LOG.atError().setCause(e).log("a request failed");
    return answer(
        new ApiProblem(
            ProblemType.INTERNAL_ERROR,
            "something is wrong here; the log has it under the id of this request",
            e),
        request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ApiProblem problem = refusals.of(e, status);
    if (problem.getStatusCode().is5xxServerError() && problem != e) {
      LOG.atError().setCause(e).log("a request failed");
    }
    return answer(problem, request);
  }

  /** Nobody is there any more who could read an answer. */
  @Override
  protected @Nullable ResponseEntity<Object> handleAsyncRequestNotUsableException(
      AsyncRequestNotUsableException e, WebRequest request) {
    return null;
  }

  private @Nullable ResponseEntity<Object> answer(ApiProblem problem, WebRequest request) {
    ProblemDetail body = problem.getBody();
    RequestId.of(request).ifPresent(id -> body.setProperty("requestId", id));
    HttpHeaders headers = new HttpHeaders(problem.getHeaders());
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return super.handleExceptionInternal(problem, body, headers, problem.getStatusCode(), request);
  }
}
