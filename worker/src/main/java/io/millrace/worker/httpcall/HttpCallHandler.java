package io.millrace.worker.httpcall;

import io.millrace.handler.CallContext;
import io.millrace.handler.Handles;
import io.millrace.handler.Integration;
import io.millrace.handler.PermanentFailure;
import io.millrace.worker.dependency.DependencyProperties;
import io.millrace.worker.dependency.DependencySettings;
import org.jspecify.annotations.Nullable;

/**
 * Makes the HTTP call that the payload describes, and keeps of the answer what it asks for. Calls
 * by address have a circuit and limits for each host, all configured as the dependency {@code
 * http}.
 */
@Handles(value = "http.call", schema = "http.call.v1.schema.json")
public final class HttpCallHandler implements Integration<HttpCall, HttpCallResult> {

  private final DependencyProperties properties;

  /**
   * @param properties which dependencies a payload may name
   */
  public HttpCallHandler(DependencyProperties properties) {
    this.properties = properties;
  }

  /**
   * The host that is called, or the dependency that is named.
   *
   * @throws PermanentFailure if that is not open to messages
   */
  @Override
  public String dependency(HttpCall call) {
    String named = call.dependency();
    if (named == null) {
      return call.host();
    }
    requireOpen(named);
    return named;
  }

  /** Whoever may publish would else send anything to anybody, with the credentials of others. */
  private void requireOpen(String name) {
    @Nullable DependencySettings settings = properties.dependencies().get(name);
    if (settings == null || settings.http().baseUrl() == null) {
      throw new PermanentFailure(
          "the dependency '%s' is not configured: set millrace.dependencies.%s.http.base-url, or name a url"
              .formatted(name, name));
    }
    if (!settings.openToMessages()) {
      throw new PermanentFailure(
          "messages may not call the dependency '%s': millrace.dependencies.%s.open-to-messages allows it"
              .formatted(name, name));
    }
  }

  @Override
  public HttpCallResult call(HttpCall call, CallContext context) throws InterruptedException {
    return call.keep().of(context.http().send(call.request()));
  }
}
