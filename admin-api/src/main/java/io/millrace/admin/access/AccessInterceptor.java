package io.millrace.admin.access;

import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Asks of each request whether its caller may, before anything of it is read. What says nothing of
 * who may is closed to everybody.
 */
final class AccessInterceptor implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    // What is dispatched again was let in before, and what is no method of a controller (a static
    // resource, or nothing) has nothing to tell but what is open to all.
    if (request.getDispatcherType() == DispatcherType.REQUEST
        && handler instanceof HandlerMethod method) {
      require(method);
    }
    return true;
  }

  private static void require(HandlerMethod method) {
    AccessRule rule =
        AccessRule.of(method.getMethod())
            .orElseThrow(() -> forbidden("this is closed: nothing says who may call it"));
    if (!(SecurityContextHolder.getContext().getAuthentication()
        instanceof CallerAuthentication authentication)) {
      throw forbidden("this takes a token");
    }
    rule.refusal(authentication.caller())
        .ifPresent(
            why -> {
              throw forbidden(why);
            });
  }

  private static ApiProblem forbidden(String why) {
    return new ApiProblem(ProblemType.FORBIDDEN, why);
  }
}
