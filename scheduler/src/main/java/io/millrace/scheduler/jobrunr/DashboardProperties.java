package io.millrace.scheduler.jobrunr;

import io.millrace.core.Bounds;
import java.net.InetAddress;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * JobRunr's dashboard, which shows and triggers everything: there is one user, who may do all.
 *
 * @param enabled whether this scheduler has one
 * @param address where it listens. It speaks HTTP: beyond loopback the password is readable on the
 *     way
 * @param port 0 to 65,535; 0 takes any free one
 * @param user who logs in
 * @param password at least 8 characters; without one there is no dashboard
 */
@ConfigurationProperties("millrace.dashboard")
public record DashboardProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("127.0.0.1") InetAddress address,
    @DefaultValue("8083") int port,
    @DefaultValue("millrace") String user,
    @DefaultValue("") String password) {

  private static final int SHORTEST_PASSWORD = 8;

  public DashboardProperties {
    Bounds.require("millrace.dashboard.port", port, 0, 65_535);
    if (enabled && password.length() < SHORTEST_PASSWORD) {
      throw new IllegalArgumentException(
          "millrace.dashboard.password needs at least %d characters: whoever reaches the dashboard can run everything"
              .formatted(SHORTEST_PASSWORD));
    }
    if (enabled && (user.isBlank() || user.contains(":"))) {
      throw new IllegalArgumentException(
          "millrace.dashboard.user has to be a name without a colon");
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DashboardProperties[enabled=%s, %s:%d]".formatted(enabled, address, port);
  }
}
