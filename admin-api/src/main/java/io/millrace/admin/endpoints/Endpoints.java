package io.millrace.admin.endpoints;

import io.millrace.admin.access.Caller;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.audit.Change;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.core.webhook.Endpoint;
import io.millrace.core.webhook.EndpointId;
import io.millrace.core.webhook.EndpointStore;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Endpoints of the tenants that somebody may see, and changes of them with their records. */
final class Endpoints {

  private final EndpointStore store;
  private final AuditTrail audit;
  private final TransactionOperations transaction;

  Endpoints(EndpointStore store, AuditTrail audit, TransactionOperations transaction) {
    this.store = store;
    this.audit = audit;
    this.transaction = transaction;
  }

  EndpointStore store() {
    return store;
  }

  /**
   * The name of an endpoint, if the caller may see those of its tenant.
   *
   * @throws ApiProblem if there can be none of that name, or not for them
   */
  static EndpointId id(Caller caller, String tenant, String id) {
    EndpointId known;
    try {
      known = new EndpointId(tenant, id);
    } catch (IllegalArgumentException e) {
      throw new ApiProblem(ProblemType.INVALID_PARAMETER, String.valueOf(e.getMessage()), e)
          .with("parameter", "id");
    }
    if (!caller.scope().includesTenant(tenant)) {
      throw unknown(known);
    }
    return known;
  }

  /** The endpoint. */
  Endpoint get(EndpointId id) {
    return store.find(id).orElseThrow(() -> unknown(id));
  }

  /**
   * Changes an endpoint and records that.
   *
   * @param change answers whether it has changed anything
   * @return what it is since; empty if it is no more
   */
  Optional<Endpoint> change(
      Caller caller, EndpointId id, String action, Predicate<Optional<Endpoint>> change) {
    Optional<Endpoint> changed =
        transaction.execute(
            _ -> {
              Optional<Endpoint> before = store.find(id);
              boolean done = change.test(before);
              Optional<Endpoint> after = store.find(id);
              if (done) {
                audit.record(
                    caller,
                    new Change(action, "endpoints/" + id, id.tenant(), view(before), view(after)));
              }
              return after;
            });
    return Objects.requireNonNull(changed);
  }

  private static @Nullable EndpointView view(Optional<Endpoint> endpoint) {
    return endpoint.map(each -> EndpointView.of(each, false)).orElse(null);
  }

  /** Refuses to change what is changed elsewhere. */
  static Endpoint requireOurs(Endpoint endpoint) {
    if (endpoint.origin() == Endpoint.Origin.CONFIGURATION) {
      throw new ApiProblem(
              ProblemType.WRONG_STATE,
              "endpoint %s comes from millrace.webhooks.endpoints: change it there"
                  .formatted(endpoint.id()))
          .with("state", "CONFIGURATION");
    }
    return endpoint;
  }

  static ApiProblem unknown(EndpointId id) {
    return new ApiProblem(ProblemType.NOT_FOUND, "there is no endpoint " + id);
  }
}
