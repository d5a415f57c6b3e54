package io.millrace.admin.parameter;

import io.millrace.admin.document.Answers;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters that mean nothing where they are, and those that come twice. Ignoring them
 * would let a misspelled condition widen what is done to everything, and leave it to chance which
 * of two values counts.
 */
final class ParameterInterceptor implements HandlerInterceptor {

  private static final int LONGEST_ECHO = 100;

  private static final String OURS = "io.millrace.admin.";

  private final Map<HandlerMethod, KnownParameters> known = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getDispatcherType() == DispatcherType.REQUEST
        && handler instanceof HandlerMethod method
        && method.getBeanType().getName().startsWith(OURS)
        && !passesOn(method)
        && !refusesInAnyCase(method)) {
      KnownParameters expected = known.computeIfAbsent(method, KnownParameters::of);
      request.getParameterMap().forEach((name, values) -> require(expected, name, values));
    }
    return true;
  }

  /** Whoever takes the request itself knows what to do with all of it. */
  private static boolean passesOn(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .anyMatch(parameter -> parameter.getParameterType().equals(HttpServletRequest.class));
  }

  /** It knows better what is missing. */
  private static boolean refusesInAnyCase(HandlerMethod method) {
    Answers answers = method.getMethodAnnotation(Answers.class);
    return answers != null && answers.refusesOnly();
  }

  private static void require(KnownParameters expected, String name, String[] values) {
    if (!expected.hasName(name)) {
      String shown = echo(name);
      throw new ApiProblem(
              ProblemType.UNKNOWN_PARAMETER,
              "the parameter %s means nothing here: there is %s"
                  .formatted(
                      shown,
                      expected.names().isEmpty()
                          ? "none"
                          : expected.names().stream().collect(Collectors.joining(", "))))
          .with("parameter", shown);
    }
    if (values.length > 1 && !expected.isList(name)) {
      throw new ApiProblem(
              ProblemType.INVALID_PARAMETER,
              "%s is given %d times, and has to be given once".formatted(name, values.length))
          .with("parameter", name);
    }
    if (Arrays.stream(values).anyMatch(ParameterInterceptor::isEmpty)) {
      throw Parameters.invalid(
          name, "%s is empty: leave it out, or give it a value".formatted(name));
    }
  }

  /** As Spring sees it, which takes such a one for none: a list would show more than asked for. */
  private static boolean isEmpty(String value) {
    return value.chars().allMatch(sign -> sign <= ' ');
  }

  private static String echo(String name) {
    String plain = name.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= LONGEST_ECHO ? plain : plain.substring(0, LONGEST_ECHO) + "...";
  }
}
