package io.millrace.admin.endpoints;

import io.millrace.core.webhook.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a tenant's endpoints.
 *
 * @param next what to ask for as {@code after} to read on; left out on the last page
 */
record EndpointListView(List<EndpointView> endpoints, @Nullable String next) {

  /**
   * The first {@code most} of what was found.
   *
   * @param found one more than {@code most}, if there are as many
   */
  static EndpointListView of(List<Endpoint> found, int most, boolean whole) {
    List<Endpoint> shown = found.subList(0, Math.min(most, found.size()));
    return new EndpointListView(
        shown.stream().map(each -> EndpointView.of(each, whole)).toList(),
        found.size() > most ? shown.getLast().id().id() : null);
  }
}
