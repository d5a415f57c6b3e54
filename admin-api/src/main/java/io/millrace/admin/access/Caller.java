package io.millrace.admin.access;

import io.millrace.core.access.Scope;
import java.util.Collection;
import java.util.Set;

/**
 * Who calls, as their token says. A controller takes it as a parameter.
 *
 * @param subject by whom, as the issuer knows them
 * @param roles what they are here for
 * @param scope whose jobs they may see and change
 * @param readsPayloads whether they may read what jobs are about
 */
public record Caller(String subject, Set<Role> roles, Scope scope, boolean readsPayloads) {

  public Caller {
    roles = Set.copyOf(roles);
  }

  boolean hasAnyOf(Collection<Role> wanted) {
    return wanted.stream().anyMatch(roles::contains);
  }
}
