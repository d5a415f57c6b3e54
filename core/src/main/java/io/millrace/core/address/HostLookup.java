package io.millrace.core.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Asks the name service. */
@FunctionalInterface
public interface HostLookup {

  /** The machine's own resolver, with the JDK's cache. */
  HostLookup SYSTEM = name -> List.of(InetAddress.getAllByName(name));

  /**
   * All addresses of a host name, in the order to try them. May wait.
   *
   * @throws UnknownHostException if there is none
   */
  List<InetAddress> lookUp(String name) throws UnknownHostException;
}
