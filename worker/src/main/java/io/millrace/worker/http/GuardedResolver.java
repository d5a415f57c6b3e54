package io.millrace.worker.http;

import io.millrace.core.address.AddressGuard;
import io.millrace.core.address.Permits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Gives Jetty the addresses to connect to: those that the guard has checked, so that there is no
 * second look-up in between whose answer could differ. Each set of permits has connections of its
 * own, since they are the tag of the requests; so none is used by a call that may not go there.
 */
final class GuardedResolver implements SocketAddressResolver {

  private final AddressGuard guard;
  private final Executor threads;

  /**
   * @param threads that wait for the name service
   */
  GuardedResolver(AddressGuard guard, Executor threads) {
    this.guard = guard;
    this.threads = threads;
  }

  @Override
  public void resolve(
      String host,
      int port,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> addresses) {
    Permits permits =
        context.get(Destination.CONTEXT_KEY) instanceof Destination destination
                && destination.getOrigin().getTag() instanceof Permits own
            ? own
            : Permits.NONE;
    try {
      threads.execute(() -> resolve(host, port, permits, addresses));
    } catch (RejectedExecutionException e) {
      addresses.failed(e);
    }
  }

  private void resolve(
      String host, int port, Permits permits, Promise<List<InetSocketAddress>> addresses) {
    List<InetSocketAddress> checked = new ArrayList<>();
    try {
      for (InetAddress address : guard.resolve(host, port, permits)) {
        // With the name that was asked for: it is what the certificate must be for.
        InetAddress named = InetAddress.getByAddress(host, address.getAddress());
        checked.add(new InetSocketAddress(named, port));
      }
    } catch (UnknownHostException | RuntimeException e) {
      addresses.failed(e);
      return;
    }
    addresses.succeeded(checked);
  }
}
