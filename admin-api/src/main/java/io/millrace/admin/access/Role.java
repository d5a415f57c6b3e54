package io.millrace.admin.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody is here for. None of them holds another: who has two of them may do what both may.
 */
public enum Role {
  /** Looks. */
  VIEWER,
  /** Looks, and repairs. */
  OPERATOR,
  /** Does everything. */
  ADMIN,
  /** Reads who has done what, and nothing else. */
  AUDITOR;

  /** As tokens name it: in small letters. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role that tokens name so; roles of others are none of ours. */
  public static Optional<Role> of(String label) {
    return Arrays.stream(values()).filter(role -> role.label().equals(label)).findFirst();
  }
}
