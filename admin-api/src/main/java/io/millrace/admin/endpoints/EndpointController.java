package io.millrace.admin.endpoints;

import io.millrace.admin.access.Administers;
import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.access.Reads;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.core.address.AddressGuard;
import io.millrace.core.address.Permits;
import io.millrace.core.address.RefusedAddressException;
import io.millrace.core.webhook.DisabledReason;
import io.millrace.core.webhook.Endpoint;
import io.millrace.core.webhook.EndpointId;
import io.millrace.core.webhook.EndpointStore;
import io.millrace.core.webhook.EndpointUrl;
import io.millrace.core.webhook.Subscription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows where webhooks go, and changes that. */
@RestController
@RequestMapping("/v1/endpoints")
final class EndpointController {

  private static final int MOST = 500;

  private final Endpoints endpoints;
  private final EndpointStore store;
  private final AddressGuard guard;
  private final Permits permits;
  private final InstantSource clock;

  EndpointController(
      Endpoints endpoints, AddressGuard guard, Permits permits, InstantSource clock) {
    this.endpoints = endpoints;
    this.store = endpoints.store();
    this.guard = guard;
    this.permits = permits;
    this.clock = clock;
  }

  /** A page of a tenant's endpoints, by their ids. */
  @Reads
  @GetMapping
  EndpointListView list(
      Caller caller,
      @RequestParam String tenant,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String after) {
    if (limit < 1 || limit > MOST) {
      throw new ApiProblem(
              ProblemType.INVALID_PARAMETER,
              "limit is %d and has to be 1 to %d".formatted(limit, MOST))
          .with("parameter", "limit");
    }
    String from = after == null ? null : Endpoints.id(caller, tenant, after).id();
    List<Endpoint> found =
        caller.scope().includesTenant(tenant)
            ? store.ofTenant(tenant.replace("\0", ""), from, limit + 1)
            : List.of();
    return EndpointListView.of(found, limit, caller.readsPayloads());
  }

  /** Shows an endpoint, without its secrets. */
  @Reads
  @GetMapping("/{id}")
  EndpointView byId(Caller caller, @PathVariable String id, @RequestParam String tenant) {
    return view(caller, endpoints.get(Endpoints.id(caller, tenant, id)));
  }

  /** Makes an endpoint, or changes one. One that is new has no keys, and gets nothing yet. */
  @Administers
  @PutMapping("/{id}")
  EndpointView put(
      Caller caller,
      @PathVariable String id,
      @RequestParam String tenant,
      @RequestBody EndpointRequest request) {
    EndpointId name = Endpoints.id(caller, tenant, id);
    Subscription wanted = subscription(request);
    Instant now = clock.instant();
    return endpoints
        .change(
            caller,
            name,
            "endpoint.put",
            before -> {
              if (before.isEmpty()) {
                return store.create(name, wanted, Endpoint.Origin.API, now);
              }
              return !Endpoints.requireOurs(before.get()).subscription().equals(wanted)
                  && store.change(name, wanted, now);
            })
        .map(endpoint -> view(caller, endpoint))
        .orElseThrow(() -> Endpoints.unknown(name));
  }

  /** Has webhooks sent again; if they are, that changes nothing. */
  @Operates
  @PostMapping("/{id}/enable")
  EndpointView enable(Caller caller, @PathVariable String id, @RequestParam String tenant) {
    EndpointId name = Endpoints.id(caller, tenant, id);
    return endpoints
        .change(
            caller,
            name,
            "endpoint.enable",
            before ->
                before.isPresent()
                    && before.get().standing().disabled() != null
                    && store.enable(requireConfigured(before.get()).id(), clock.instant()))
        .map(endpoint -> view(caller, endpoint))
        .orElseThrow(() -> Endpoints.unknown(name));
  }

  /** Has no webhooks sent any more; if none are, that changes nothing. */
  @Operates
  @PostMapping("/{id}/disable")
  EndpointView disable(Caller caller, @PathVariable String id, @RequestParam String tenant) {
    EndpointId name = Endpoints.id(caller, tenant, id);
    return endpoints
        .change(
            caller,
            name,
            "endpoint.disable",
            _ -> store.disable(name, DisabledReason.OPERATOR, clock.instant()))
        .map(endpoint -> view(caller, endpoint))
        .orElseThrow(() -> Endpoints.unknown(name));
  }

  /** Forgets an endpoint, with its keys. Webhooks to it that are on their way fail. */
  @Administers
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable String id, @RequestParam String tenant) {
    EndpointId name = Endpoints.id(caller, tenant, id);
    endpoints.change(
        caller,
        name,
        "endpoint.delete",
        before -> {
          Endpoints.requireOurs(before.orElseThrow(() -> Endpoints.unknown(name)));
          return store.delete(name);
        });
  }

  private Subscription subscription(EndpointRequest request) {
    try {
      EndpointUrl url = new EndpointUrl(Objects.requireNonNullElse(request.url(), ""));
      guard.check(url.value(), permits);
      return new Subscription(
          url,
          Objects.requireNonNullElse(request.description(), ""),
          Objects.requireNonNullElse(request.eventTypes(), List.of()));
    } catch (RefusedAddressException e) {
      throw new ApiProblem(ProblemType.INVALID_BODY, String.valueOf(e.getMessage()), e)
          .with("member", "url");
    } catch (IllegalArgumentException e) {
      throw new ApiProblem(ProblemType.INVALID_BODY, String.valueOf(e.getMessage()), e);
    }
  }

  private static Endpoint requireConfigured(Endpoint endpoint) {
    return endpoint.standing().disabled() == DisabledReason.NOT_CONFIGURED
        ? Endpoints.requireOurs(endpoint)
        : endpoint;
  }

  private static EndpointView view(Caller caller, Endpoint endpoint) {
    return EndpointView.of(endpoint, caller.readsPayloads());
  }
}
