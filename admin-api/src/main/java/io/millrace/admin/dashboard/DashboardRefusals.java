package io.millrace.admin.dashboard;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** What becomes of whoever is not logged in to the dashboard, or may not do what they ask for. */
final class DashboardRefusals
    implements AuthenticationEntryPoint, AuthenticationFailureHandler, AccessDeniedHandler {

  private static final Logger LOG = LoggerFactory.getLogger(DashboardRefusals.class);

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final HandlerExceptionResolver answers;
  private final @Nullable String login;

  /**
   * @param login where people log in; null if that takes a link
   */
  DashboardRefusals(HandlerExceptionResolver answers, @Nullable String login) {
    this.answers = answers;
    this.login = login;
  }

  /** Pages lead to the login; what pages ask for in the background does not. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException {
    if (login != null && isPage(request)) {
      response.sendRedirect(login);
      return;
    }
    answer(
        request,
        response,
        new ApiProblem(
            ProblemType.UNAUTHENTICATED,
            login == null
                ? "this takes a login, by the link that ./millrace dashboard prints: each is good once, for a minute"
                : "you are not logged in any more: load the page again"));
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e) {
    LOG.atWarn()
        .addKeyValue("why", String.valueOf(e.getMessage()))
        .log("login to the dashboard refused");
    answer(
        request,
        response,
        e instanceof AuthenticationServiceException || e.getCause() instanceof ApiProblem
            ? issuerAway(e)
            : new ApiProblem(
                ProblemType.UNAUTHENTICATED,
                "the login has failed; the log says why. Load /dashboard to try again",
                e));
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException e) {
    answer(
        request,
        response,
        new ApiProblem(
            ProblemType.FORBIDDEN, "only pages of the dashboard itself may change anything", e));
  }

  static ApiProblem issuerAway(Throwable cause) {
    return new ApiProblem(
            ProblemType.OVERLOADED,
            "the OpenID Connect provider does not answer, so nobody can log in; try again in a moment",
            cause)
        .retryAfter(RETRY);
  }

  /** Somebody has logged in, and nobody knows as what. */
  ApiProblem unreadable(IllegalArgumentException cause) {
    return new ApiProblem(
        ProblemType.UNAUTHENTICATED,
        "the provider has said who you are, but %s".formatted(cause.getMessage()),
        cause);
  }

  void answer(HttpServletRequest request, HttpServletResponse response, ApiProblem problem) {
    answers.resolveException(request, response, null, problem);
  }

  private static boolean isPage(HttpServletRequest request) {
    String accepted = request.getHeader("Accept");
    return HttpMethod.GET.matches(request.getMethod())
        && accepted != null
        && accepted.contains("text/html");
  }
}
