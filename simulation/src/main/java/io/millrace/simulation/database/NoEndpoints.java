package io.millrace.simulation.database;

import io.millrace.client.contract.EndpointEvent;
import io.millrace.core.webhook.UnannouncedEndpoints;
import java.util.Collection;
import java.util.List;

/** A world that sends no webhooks. */
public final class NoEndpoints implements UnannouncedEndpoints {

  @Override
  public List<EndpointEvent> lockUnannounced(int most) {
    return List.of();
  }

  @Override
  public void announced(Collection<EndpointEvent> events) {
    throw new UnsupportedOperationException("there are no endpoints");
  }
}
