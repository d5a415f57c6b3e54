package io.millrace.admin.access;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who may call a handler method.
 *
 * @param roles one of which is needed
 * @param wholeSystem whether the caller's scope has to be the whole system
 */
record AccessRule(List<Role> roles, boolean wholeSystem) {

  AccessRule {
    roles = List.copyOf(roles);
  }

  /** What the annotations of {@code handler} say; empty if there is not exactly one of a role. */
  static Optional<AccessRule> of(Method handler) {
    List<ForRoles> found =
        Arrays.stream(handler.getAnnotations())
            .map(Annotation::annotationType)
            .flatMap(type -> Arrays.stream(type.getAnnotationsByType(ForRoles.class)))
            .toList();
    return found.size() == 1
        ? Optional.of(
            new AccessRule(
                List.of(found.getFirst().value()), handler.isAnnotationPresent(WholeSystem.class)))
        : Optional.empty();
  }

  /** Why {@code caller} may not; empty if they may. */
  Optional<String> refusal(Caller caller) {
    if (!caller.hasAnyOf(roles)) {
      return Optional.of(
          "this is for %s, and %s"
              .formatted(
                  names(roles, " or "),
                  caller.roles().isEmpty()
                      ? "your token names no role"
                      : "your token says "
                          + names(caller.roles().stream().sorted().toList(), ", ")));
    }
    return wholeSystem && !caller.scope().isWholeSystem()
        ? Optional.of(
            "this is not about single tenants: it takes a token for all tenants and all types of jobs")
        : Optional.empty();
  }

  private static String names(List<Role> roles, String between) {
    return roles.stream().map(Role::label).collect(Collectors.joining(between));
  }
}
