package io.millrace.worker.http;

import io.millrace.core.address.HostLookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A name service of a few names, each of which may answer otherwise every time. */
final class FakeLookup implements HostLookup {

  private final Map<String, List<List<InetAddress>>> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  /** One more answer for the name; the last one stays. */
  synchronized FakeLookup with(String name, String... addresses) {
    answers
        .computeIfAbsent(name, _ -> new ArrayList<>())
        .add(Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
    return this;
  }

  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public synchronized List<InetAddress> lookUp(String name) throws UnknownHostException {
    asked.add(name);
    List<List<InetAddress>> left = answers.get(name);
    if (left == null) {
      throw new UnknownHostException(name);
    }
    return left.size() > 1 ? left.removeFirst() : left.getFirst();
  }
}
