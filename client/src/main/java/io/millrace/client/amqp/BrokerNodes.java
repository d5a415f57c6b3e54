package io.millrace.client.amqp;

import com.rabbitmq.client.Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The nodes of a broker. Whoever connects tries one after the other, each time in another order, so
 * that connections spread over a cluster and one node that is down keeps nobody out.
 */
public record BrokerNodes(List<Address> addresses) {

  public BrokerNodes {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("a broker has one node at least");
    }
  }

  /** For each connection anew. */
  public List<Address> inRandomOrder() {
    List<Address> shuffled = new ArrayList<>(addresses);
    Collections.shuffle(shuffled);
    return shuffled;
  }

  /** Hosts and ports, as a message to people has them. */
  @Override
  public String toString() {
    return addresses.stream().map(Address::toString).collect(Collectors.joining(", "));
  }
}
