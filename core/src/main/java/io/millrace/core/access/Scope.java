package io.millrace.core.access;

import java.util.Set;

/**
 * Whose jobs somebody may see and change. What is not in it does not exist for them.
 *
 * @param tenants whose
 * @param types of which types
 */
public record Scope(Allowed<String> tenants, Allowed<TypePattern> types) {

  /** Everybody's, of all types. */
  public static final Scope WHOLE_SYSTEM = new Scope(Allowed.all(), Allowed.all());

  /** Nobody's. */
  public static final Scope NOTHING = new Scope(Allowed.only(), Allowed.only());

  /** Those of some tenants, of all types. */
  public static Scope ofTenants(String... tenants) {
    return new Scope(new Allowed.Only<>(Set.of(tenants)), Allowed.all());
  }

  /** Whether nothing is outside of it: then it also holds what belongs to no tenant. */
  public boolean isWholeSystem() {
    return tenants instanceof Allowed.All && types instanceof Allowed.All;
  }

  /** Whether jobs of {@code tenant} with {@code type} are in it. */
  public boolean includes(String tenant, String type) {
    return includesTenant(tenant) && includesType(type);
  }

  /** Whether what belongs to {@code tenant}, and to no type, is in it. */
  public boolean includesTenant(String tenant) {
    return switch (tenants) {
      case Allowed.All<String> _ -> true;
      case Allowed.Only<String>(Set<String> names) -> names.contains(tenant);
    };
  }

  private boolean includesType(String type) {
    return switch (types) {
      case Allowed.All<TypePattern> _ -> true;
      case Allowed.Only<TypePattern>(Set<TypePattern> patterns) ->
          patterns.stream().anyMatch(pattern -> pattern.matches(type));
    };
  }
}
