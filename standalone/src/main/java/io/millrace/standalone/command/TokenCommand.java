package io.millrace.standalone.command;

import io.millrace.admin.access.Role;
import io.millrace.admin.issuer.Grant;
import io.millrace.admin.issuer.LocalIssuer;
import io.millrace.core.access.TypePattern;
import io.millrace.standalone.failure.CommandFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Mints a token for the API. */
@Command(
    name = "token",
    description = "Print a token for the API of the engine that runs here.",
    footer = {
      "",
      "example: curl -H \"Authorization: Bearer $(./millrace token --role viewer)\" http://127.0.0.1:8080/v1/jobs?state=FAILED",
      "Whoever may read the engine's key can mint any token: it is for one machine. Elsewhere an",
      "OpenID Connect provider does it: see millrace.security.issuer in ops/configuration.md."
    })
public final class TokenCommand implements Callable<Integer> {

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "What for: viewer, operator, admin or auditor; several are possible.")
  private List<Role> roles = new ArrayList<>();

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "Whose jobs it shows; several are possible, and all without this option.")
  private List<String> tenants = new ArrayList<>();

  @Option(
      names = "--types",
      split = ",",
      paramLabel = "PATTERN",
      description =
          "Of which types, such as loan.amortize or 'loan.*'; of all without this option.")
  private List<String> types = new ArrayList<>();

  @Option(
      names = "--payloads",
      description = "It also shows what jobs are about: payloads, results, causes of failures.")
  private boolean payloads;

  @Option(
      names = "--valid",
      paramLabel = "TIME",
      description = "How long it is good, such as 30m or 8h, at most 30d; 1h by default.")
  private String valid = "1h";

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      description = "Whose it is; this user's by default.")
  private String subject = System.getProperty("user.name", "somebody");

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The key of another API, as its millrace.security.local-issuer names it.")
  private @Nullable Path key;

  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Path file = key == null ? common.folder().issuerKey() : key;
    if (!LocalIssuer.isAt(file)) {
      throw new CommandFailure(
          "there is no key that this user may read at %s: the first ./millrace up%s makes it"
              .formatted(file, common.folder().option()));
    }
    Grant grant = new Grant(subject, roles, orAll(tenants), orAll(checked(types)), payloads);
    Screen.of(spec)
        .say(OwnToken.issuer(file).mint(grant, InstantSource.system().instant(), validity()));
    return 0;
  }

  private static List<String> orAll(List<String> values) {
    return values.isEmpty() ? List.of(Grant.EVERYTHING) : values;
  }

  private static List<String> checked(List<String> types) {
    try {
      return types.stream().map(type -> new TypePattern(type).text()).toList();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--types: " + e.getMessage(), e);
    }
  }

  private Duration validity() {
    try {
      Duration validity = DurationStyle.SIMPLE.parse(valid);
      if (validity.isPositive() && validity.compareTo(LocalIssuer.LONGEST) <= 0) {
        return validity;
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw new CommandFailure(
        "--valid is %s, and has to be a time such as 30m or 8h, at most 30d".formatted(valid));
  }
}
