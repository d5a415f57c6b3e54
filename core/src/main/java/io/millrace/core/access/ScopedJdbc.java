package io.millrace.core.access;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * SQL that keeps to a {@link Scope}. Each statement says by a marker where the condition goes:
 * {@code {scope}} for rows with the columns {@code tenant} and {@code type}, {@code {scope:j}}
 * where these are columns of {@code j}, and {@code {tenant}} or {@code {tenant:e}} for rows that
 * have a tenant and no type. A statement without a marker is refused, so that a forgotten condition
 * shows nothing instead of everything.
 *
 * <p>The condition is in parentheses. What a scope holds is never part of the text: names and
 * prefixes are parameters, which begin with {@code scope}. Safe for use by many threads.
 */
public final class ScopedJdbc {

  private static final Pattern MARKER =
      Pattern.compile("\\{(?<columns>scope|tenant)(?::(?<alias>[a-z_]+))?}");

  private static final String ALWAYS = "true";
  private static final String TENANTS = "scopeTenants";
  private static final String TYPES = "scopeTypes";
  private static final String PREFIXES = "scopePrefixes";

  private final JdbcClient jdbc;

  public ScopedJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A statement about what is in {@code scope}; its other parameters are named.
   *
   * @param sql with at least one marker
   * @throws IllegalArgumentException if it has none
   */
  public StatementSpec sql(Scope scope, String sql) {
    return withParameters(scope, jdbc.sql(text(scope, sql)));
  }

  static String text(Scope scope, String sql) {
    Matcher marker = MARKER.matcher(sql);
    if (!marker.find()) {
      throw new IllegalArgumentException(
          "this statement has no {scope} and would show whatever it finds: " + sql);
    }
    return marker.replaceAll(
        found -> {
          String alias = found.group("alias") == null ? "" : found.group("alias") + ".";
          String tenants = tenants(scope, alias);
          return found.group("columns").equals("tenant")
              ? "(" + tenants + ")"
              : "(" + tenants + " AND " + types(scope, alias) + ")";
        });
  }

  private static String tenants(Scope scope, String alias) {
    return switch (scope.tenants()) {
      case Allowed.All<String> _ -> ALWAYS;
      case Allowed.Only<String> _ -> alias + "tenant = ANY (:" + TENANTS + "::text[])";
    };
  }

  private static String types(Scope scope, String alias) {
    return switch (scope.types()) {
      case Allowed.All<TypePattern> _ -> ALWAYS;
      case Allowed.Only<TypePattern> _ ->
          "(%1$stype = ANY (:%2$s::text[]) OR %1$stype ^@ ANY (:%3$s::text[]))"
              .formatted(alias, TYPES, PREFIXES);
    };
  }

  private static StatementSpec withParameters(Scope scope, StatementSpec statement) {
    StatementSpec scoped = statement;
    if (scope.tenants() instanceof Allowed.Only<String>(var names)) {
      scoped = scoped.param(TENANTS, names.toArray(String[]::new));
    }
    if (scope.types() instanceof Allowed.Only<TypePattern> only) {
      scoped =
          scoped
              .param(TYPES, stems(only, pattern -> !pattern.isPrefix()))
              .param(PREFIXES, stems(only, TypePattern::isPrefix));
    }
    return scoped;
  }

  private static String[] stems(Allowed.Only<TypePattern> types, Predicate<TypePattern> which) {
    return types.values().stream()
        .filter(which)
        .map(TypePattern::stem)
        .sorted()
        .toArray(String[]::new);
  }
}
