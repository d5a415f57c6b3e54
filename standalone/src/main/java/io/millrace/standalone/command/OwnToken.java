package io.millrace.standalone.command;

import io.millrace.admin.access.Role;
import io.millrace.admin.issuer.Grant;
import io.millrace.admin.issuer.LocalIssuer;
import io.millrace.core.InvalidSettingException;
import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.failure.CommandFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The token that commands send: the one in the environment, else one of their own making that is
 * good for a moment, where the engine's key can be read.
 */
final class OwnToken {

  static final String VARIABLE = "MILLRACE_TOKEN";

  private static final Duration MOMENT = Duration.ofMinutes(2);

  private OwnToken() {}

  /**
   * @throws CommandFailure if there is neither
   */
  static Supplier<String> in(DataFolder folder, Map<String, String> environment) {
    String given = environment.getOrDefault(VARIABLE, "").strip();
    if (!given.isEmpty()) {
      return () -> given;
    }
    Path key = folder.issuerKey();
    if (!LocalIssuer.isAt(key)) {
      throw new CommandFailure(
          "the API takes a token, and this user has none: set %s to one of its issuer, or to what ./millrace token%s prints for the user that started the engine"
              .formatted(VARIABLE, folder.option()));
    }
    LocalIssuer issuer = issuer(key);
    Grant everything =
        new Grant(
            System.getProperty("user.name", "somebody"),
            List.of(Role.ADMIN),
            List.of(Grant.EVERYTHING),
            List.of(Grant.EVERYTHING),
            true);
    InstantSource clock = InstantSource.system();
    return () -> issuer.mint(everything, clock.instant(), MOMENT);
  }

  /**
   * The issuer whose key is in a file.
   *
   * @throws CommandFailure if it cannot be used
   */
  static LocalIssuer issuer(Path key) {
    try {
      return LocalIssuer.at(key);
    } catch (InvalidSettingException e) {
      throw new CommandFailure("%s. %s".formatted(e.getMessage(), e.action()), e);
    }
  }
}
