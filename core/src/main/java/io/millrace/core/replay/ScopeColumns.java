package io.millrace.core.replay;

import io.millrace.core.access.Allowed;
import io.millrace.core.access.Scope;
import io.millrace.core.access.TypePattern;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A scope as two columns, sorted; null stands for everything.
 *
 * @param tenants their names
 * @param types the patterns as they are written
 */
record ScopeColumns(@Nullable List<String> tenants, @Nullable List<String> types) {

  static ScopeColumns of(Scope scope) {
    return new ScopeColumns(
        texts(scope.tenants(), tenant -> tenant), texts(scope.types(), TypePattern::text));
  }

  static ScopeColumns of(String @Nullable [] tenants, String @Nullable [] types) {
    return new ScopeColumns(
        tenants == null ? null : Arrays.asList(tenants),
        types == null ? null : Arrays.asList(types));
  }

  Scope scope() {
    return new Scope(allowed(tenants, tenant -> tenant), allowed(types, TypePattern::new));
  }

  String @Nullable [] tenantArray() {
    return tenants == null ? null : tenants.toArray(String[]::new);
  }

  String @Nullable [] typeArray() {
    return types == null ? null : types.toArray(String[]::new);
  }

  private static <T> @Nullable List<String> texts(Allowed<T> allowed, Function<T, String> text) {
    return switch (allowed) {
      case Allowed.All<T> _ -> null;
      case Allowed.Only<T>(Set<T> values) -> values.stream().map(text).sorted().toList();
    };
  }

  private static <T> Allowed<T> allowed(@Nullable List<String> texts, Function<String, T> value) {
    return texts == null
        ? Allowed.all()
        : new Allowed.Only<>(texts.stream().map(value).collect(Collectors.toSet()));
  }
}
