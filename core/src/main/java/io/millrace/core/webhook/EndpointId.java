package io.millrace.core.webhook;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Names an endpoint.
 *
 * @param tenant whose it is
 * @param id its name among those of its tenant: letters, digits, '.', '_' and '-', up to 100, not
 *     beginning with a sign
 */
public record EndpointId(String tenant, String id) implements Comparable<EndpointId> {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final int LONGEST_TENANT = 200;
  private static final Comparator<EndpointId> ORDER =
      Comparator.comparing(EndpointId::tenant).thenComparing(EndpointId::id);

  /**
   * @throws IllegalArgumentException if it has another form
   */
  public EndpointId {
    if (tenant.isEmpty() || tenant.length() > LONGEST_TENANT) {
      throw new IllegalArgumentException("a tenant has 1 to " + LONGEST_TENANT + " characters");
    }
    if (!FORM.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no id of an endpoint, which is up to 100 letters, digits, '.', '_' and '-', beginning with one of the first two"
              .formatted(id));
    }
  }

  @Override
  public int compareTo(EndpointId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return tenant + "/" + id;
  }
}
