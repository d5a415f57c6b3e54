package io.millrace.standalone.command;

import io.millrace.standalone.engine.DataFolder;
import io.millrace.standalone.engine.EngineAddress;
import io.millrace.standalone.failure.CommandFailure;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which API a command asks. */
final class ApiOption {

  @Option(
      names = "--api",
      paramLabel = "URL",
      description = "An API instead of that of the engine that runs here.")
  private @Nullable URI api;

  /**
   * The API, and the right to ask it.
   *
   * @throws CommandFailure if none is named and no engine runs in {@code folder}, or there is no
   *     token
   */
  EngineApi engine(DataFolder folder) {
    URI base = api == null ? apiHere(folder) : api;
    if (base.getScheme() == null || !base.getScheme().startsWith("http")) {
      throw new CommandFailure("--api is no address: write it as http://127.0.0.1:8080");
    }
    return new EngineApi(base, OwnToken.in(folder, System.getenv()));
  }

  private static URI apiHere(DataFolder folder) {
    return folder
        .engine()
        .map(EngineAddress::api)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "no engine is running here: ./millrace up%s starts one, --api names another"
                        .formatted(folder.option())));
  }
}
