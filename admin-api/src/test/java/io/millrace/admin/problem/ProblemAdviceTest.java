package io.millrace.admin.problem;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.server.ResponseStatusException;

class ProblemAdviceTest {

  private final ProblemAdvice advice = new ProblemAdvice(new Refusals("v1"));

  @Test
  void saysNothingOfWhatWentWrongInside() {
    ProblemDetail problem =
        body(advice.unforeseen(new IllegalStateException("the secret of Foo.java"), request()));

    assertThat(problem.getStatus()).isEqualTo(500);
    assertThat(problem.getType()).isEqualTo(ProblemType.INTERNAL_ERROR.uri());
    assertThat(problem.toString()).doesNotContain("secret", "Foo", "IllegalState");
  }

  @Test
  void asksToComeBackWhenTheDatabaseIsAway() {
    ResponseEntity<Object> refused =
        advice.database(new DataAccessResourceFailureException("connection refused"), request());
    ResponseEntity<Object> unreachable =
        advice.database(new CannotCreateTransactionException("no connection"), request());

    assertThat(body(refused).getType()).isEqualTo(ProblemType.UNAVAILABLE.uri());
    assertThat(requireNonNull(refused).getHeaders().getFirst("Retry-After")).isEqualTo("5");
    assertThat(body(unreachable)).isEqualTo(body(refused));
  }

  @Test
  void tellsAValueThatCannotBeKeptFromAStatementThatIsWrong() {
    assertThat(body(advice.database(withState("22021"), request())).getStatus()).isEqualTo(400);
    assertThat(body(advice.database(withState("23505"), request())).getStatus()).isEqualTo(409);
    assertThat(body(advice.database(withState("42601"), request())).getStatus()).isEqualTo(500);
    assertThat(body(advice.database(withState("57P01"), request())).getStatus()).isEqualTo(503);
  }

  @Test
  void givesTheRefusalsOfOthersTheTypeOfTheirStatusAndWordsOfOurOwn() throws Exception {
    ProblemDetail problem =
        body(
            advice.handleException(
                new ResponseStatusException(HttpStatus.FORBIDDEN, "by Foo.java"), request()));

    assertThat(problem.getType()).isEqualTo(ProblemType.FORBIDDEN.uri());
    assertThat(problem.getDetail()).isEqualTo(ProblemType.FORBIDDEN.title());
  }

  @Test
  void roundsUpHowLongToWait() {
    ApiProblem problem = new ApiProblem(ProblemType.OVERLOADED, "full");

    assertThat(wait(problem.retryAfter(Duration.ofMillis(1)))).isEqualTo("1");
    assertThat(wait(problem.retryAfter(Duration.ofMillis(2001)))).isEqualTo("3");
    assertThat(wait(problem.retryAfter(Duration.ZERO))).isEqualTo("1");
  }

  private static @Nullable String wait(ApiProblem problem) {
    return problem.getHeaders().getFirst("Retry-After");
  }

  private static UncategorizedDataAccessException withState(String state) {
    return new UncategorizedDataAccessException("refused", new SQLException("refused", state)) {
      private static final long serialVersionUID = 1;
    };
  }

  private static ProblemDetail body(@Nullable ResponseEntity<Object> answer) {
    return (ProblemDetail) requireNonNull(requireNonNull(answer).getBody());
  }

  private static ServletWebRequest request() {
    return new ServletWebRequest(new MockHttpServletRequest("GET", "/v1/jobs"));
  }
}
