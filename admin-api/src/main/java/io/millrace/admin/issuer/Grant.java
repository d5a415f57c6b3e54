package io.millrace.admin.issuer;

import io.millrace.admin.access.Role;
import java.util.Collection;
import java.util.List;

/**
 * What a token of ours allows.
 *
 * @param subject whose it is
 * @param roles what for
 * @param tenants whose jobs; {@code *} for everybody's
 * @param types of which types, by pattern; {@code *} for all
 * @param readsPayloads whether they may read what jobs are about
 */
public record Grant(
    String subject,
    Collection<Role> roles,
    List<String> tenants,
    List<String> types,
    boolean readsPayloads) {

  public static final String EVERYTHING = "*";

  public Grant {
    roles = List.copyOf(roles);
    tenants = List.copyOf(tenants);
    types = List.copyOf(types);
  }
}
