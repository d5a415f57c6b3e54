package io.millrace.admin.endpoints;

import io.millrace.admin.access.Administers;
import io.millrace.admin.access.Caller;
import io.millrace.admin.access.WholeSystem;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.core.secret.SecretException;
import io.millrace.core.webhook.Endpoint;
import io.millrace.core.webhook.EndpointId;
import io.millrace.core.webhook.EndpointKey;
import io.millrace.core.webhook.EndpointStore;
import io.millrace.core.webhook.KeyRing;
import io.millrace.core.webhook.SigningKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Makes keys of endpoints, and revokes them. All keys of an endpoint sign each of its webhooks, so
 * that a new one is made first, its receiver learns it, and then the old one is revoked.
 */
@RestController
@RequestMapping("/v1/endpoints")
final class KeyController {

  /** As many bytes as HMAC-SHA256 makes use of (RFC 2104, section 3). */
  private static final int SECRET_BYTES = 32;

  private static final int MOST_KEYS = 5;

  private final Endpoints endpoints;
  private final EndpointStore store;
  private final KeyRing ring;
  private final Changes changes;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /** What a change of all endpoints is made and recorded with. */
  record Changes(AuditTrail audit, TransactionOperations transaction) {}

  KeyController(Endpoints endpoints, KeyRing ring, Changes changes, InstantSource clock) {
    this.endpoints = endpoints;
    this.store = endpoints.store();
    this.ring = ring;
    this.changes = changes;
    this.clock = clock;
  }

  /** Makes a key that signs beside those that there are. Its secret is answered this once. */
  @Administers
  @PostMapping("/{id}/keys")
  @ResponseStatus(HttpStatus.CREATED)
  NewKeyView create(Caller caller, @PathVariable String id, @RequestParam String tenant) {
    EndpointId name = Endpoints.id(caller, tenant, id);
    requireMasterKey();
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    SigningKey key =
        SigningKey.parse(SigningKey.SYMMETRIC + Base64.getEncoder().encodeToString(secret));
    endpoints.change(
        caller,
        name,
        "endpoint.key.create",
        before -> {
          Endpoint endpoint =
              Endpoints.requireOurs(before.orElseThrow(() -> Endpoints.unknown(name)));
          if (endpoint.keys().size() >= MOST_KEYS) {
            throw new ApiProblem(
                ProblemType.WRONG_STATE,
                "endpoint %s has %d keys: revoke one that its receiver needs no more"
                    .formatted(name, endpoint.keys().size()));
          }
          store.addKey(name, ring.seal(name, key), clock.instant());
          return true;
        });
    return new NewKeyView(key.id(), key.text());
  }

  /** Has a key sign no more. */
  @Administers
  @DeleteMapping("/{id}/keys/{key}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(
      Caller caller,
      @PathVariable String id,
      @PathVariable String key,
      @RequestParam String tenant) {
    EndpointId name = Endpoints.id(caller, tenant, id);
    endpoints.change(
        caller,
        name,
        "endpoint.key.revoke",
        before -> {
          Endpoint endpoint =
              Endpoints.requireOurs(before.orElseThrow(() -> Endpoints.unknown(name)));
          if (endpoint.keys().stream().noneMatch(each -> each.id().equals(key))) {
            throw new ApiProblem(
                ProblemType.NOT_FOUND, "endpoint %s has no such key".formatted(name));
          }
          return store.retireKey(name, key);
        });
  }

  /** Seals anew, under the present master key, what an earlier one has sealed. */
  @Administers
  @WholeSystem
  @PostMapping("/reseal")
  ResealedView reseal(Caller caller) {
    requireMasterKey();
    ResealedView resealed =
        changes
            .transaction()
            .execute(
                _ -> {
                  ResealedView done = resealAll();
                  if (done.resealed() > 0) {
                    changes.audit().record(caller, "endpoint.reseal", "endpoints", null, done);
                  }
                  return done;
                });
    return Objects.requireNonNull(resealed);
  }

  private ResealedView resealAll() {
    int resealed = 0;
    int unopened = 0;
    store.lockConfiguration();
    for (Endpoint endpoint : store.all()) {
      for (EndpointKey key : endpoint.keys()) {
        if (!ring.isCurrent(key)) {
          try {
            SigningKey opened = ring.open(endpoint.id(), key);
            store.addKey(endpoint.id(), ring.seal(endpoint.id(), opened), clock.instant());
            resealed++;
          } catch (SecretException _) {
            unopened++;
          }
        }
      }
    }
    return new ResealedView(resealed, unopened);
  }

  private void requireMasterKey() {
    if (!ring.canSeal()) {
      throw new ApiProblem(
          ProblemType.WRONG_STATE,
          "there is no master key to encrypt secrets with: set millrace.secrets.key to 32 random bytes in base64, for all processes");
    }
  }
}
