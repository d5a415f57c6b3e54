package io.millrace.standalone.command;

import io.millrace.admin.access.Role;
import io.millrace.admin.issuer.Grant;
import io.millrace.admin.issuer.LocalIssuer;
import io.millrace.standalone.failure.CommandFailure;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets somebody in to the dashboard. */
@Command(
    name = "dashboard",
    description = "Print a link that logs in to the dashboard of the engine that runs here.",
    footer = {
      "",
      "The link is good once, for a minute. The engine has a dashboard if it was started by ./millrace up --dashboard.",
      "Viewers see it; operators can also trigger and delete, and each change is recorded."
    })
public final class DashboardCommand implements Callable<Integer> {

  private static final int NOT_FOUND = 404;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "As what: viewer or operator; operator by default.")
  private Role role = Role.OPERATOR;

  @Mixin private ApiOption api = new ApiOption();
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    EngineApi engine = api.engine(common.folder());
    if (engine.get("/dashboard").status() == NOT_FOUND) {
      throw new CommandFailure(
          "this engine has no dashboard: stop it, and start it by ./millrace up --dashboard%s"
              .formatted(common.folder().option()));
    }
    Path key = common.folder().issuerKey();
    if (!LocalIssuer.isAt(key)) {
      throw new CommandFailure(
          "there is no key at %s to make a link with: open %s and log in as your provider asks"
              .formatted(key, engine.at("/dashboard")));
    }
    Grant grant =
        new Grant(
            System.getProperty("user.name", "somebody"),
            List.of(role),
            List.of(Grant.EVERYTHING),
            List.of(Grant.EVERYTHING),
            false);
    String ticket = OwnToken.issuer(key).ticket(grant, InstantSource.system().instant());
    Screen.of(spec).say(engine.at("/dashboard/login?ticket=" + ticket).toString());
    return 0;
  }
}
