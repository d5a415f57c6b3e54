package io.millrace.core.webhook;

import io.millrace.client.contract.EndpointEvent;
import java.util.Collection;
import java.util.List;

/** What is still to be announced about endpoints. Within a transaction of the caller's. */
public interface UnannouncedEndpoints {

  /** Locks what nobody else has locked, and answers what to announce. */
  List<EndpointEvent> lockUnannounced(int most);

  /** It is announced, and the broker has confirmed it. */
  void announced(Collection<EndpointEvent> events);
}
