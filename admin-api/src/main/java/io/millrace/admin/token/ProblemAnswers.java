package io.millrace.admin.token;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenError;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * What the filters refuse is answered as controllers answer: as a problem of RFC 9457, with the
 * challenge of RFC 6750.
 */
final class ProblemAnswers
    implements AuthenticationEntryPoint,
        AuthenticationFailureHandler,
        AccessDeniedHandler,
        RequestRejectedHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final HandlerExceptionResolver answers;
  private final BearerTokenAuthenticationEntryPoint challenge =
      new BearerTokenAuthenticationEntryPoint();

  ProblemAnswers(HandlerExceptionResolver answers) {
    this.answers = answers;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e) {
    if (e instanceof AuthenticationServiceException) {
      LOG.atWarn().setCause(e).log("tokens cannot be checked: their issuer does not answer");
      answer(
          request,
          response,
          new ApiProblem(
                  ProblemType.OVERLOADED,
                  "the issuer of the tokens does not answer, so nobody can say whether yours is good; try again in a moment")
              .retryAfter(RETRY_AFTER));
      return;
    }
    challenge.commence(request, response, e);
    answer(request, response, new ApiProblem(typeOf(response), why(e)));
  }

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e) {
    commence(request, response, e);
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException e) {
    answer(
        request, response, new ApiProblem(ProblemType.FORBIDDEN, "your token does not allow this"));
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, RequestRejectedException e) {
    LOG.atDebug().setCause(e).log("request refused as malformed");
    answer(
        request,
        response,
        new ApiProblem(
            ProblemType.INVALID_REQUEST,
            "the address or a header has signs in it that no request needs"));
  }

  private static String why(AuthenticationException e) {
    if (e instanceof OAuth2AuthenticationException refused
        && refused.getError() instanceof BearerTokenError error) {
      return "the token is not accepted: " + said(error.getDescription());
    }
    return "this takes a token: send the header Authorization: Bearer TOKEN";
  }

  private static String said(@Nullable String description) {
    return description == null ? "it is none" : description;
  }

  /** What the challenge has made of it. */
  private static ProblemType typeOf(HttpServletResponse response) {
    return switch (response.getStatus()) {
      case HttpServletResponse.SC_BAD_REQUEST -> ProblemType.INVALID_REQUEST;
      case HttpServletResponse.SC_FORBIDDEN -> ProblemType.FORBIDDEN;
      default -> ProblemType.UNAUTHENTICATED;
    };
  }

  private void answer(
      HttpServletRequest request, HttpServletResponse response, ApiProblem problem) {
    answers.resolveException(request, response, null, problem);
  }
}
