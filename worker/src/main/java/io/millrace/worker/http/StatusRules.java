package io.millrace.worker.http;

import java.util.Set;

/**
 * What a status means that the request does not accept. 408, 425, 429 and those from 500 on may
 * pass by themselves (RFC 9110, section 15; RFC 8470; RFC 6585); all others do not.
 *
 * @param alsoTransient those that may pass as well at this system
 * @param alsoPermanent those that do not
 */
public record StatusRules(Set<Integer> alsoTransient, Set<Integer> alsoPermanent) {

  /** Without exceptions. */
  public static final StatusRules STANDARD = new StatusRules(Set.of(), Set.of());

  /**
   * @throws IllegalArgumentException if a status is in both sets
   */
  public StatusRules {
    alsoTransient = Set.copyOf(alsoTransient);
    alsoPermanent = Set.copyOf(alsoPermanent);
    if (alsoTransient.stream().anyMatch(alsoPermanent::contains)) {
      throw new IllegalArgumentException("a status is transient or permanent, and not both");
    }
  }

  boolean isTransient(int status) {
    if (alsoTransient.contains(status) || alsoPermanent.contains(status)) {
      return alsoTransient.contains(status);
    }
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }
}
