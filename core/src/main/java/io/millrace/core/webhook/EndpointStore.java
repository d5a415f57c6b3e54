package io.millrace.core.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of all tenants. A change of several calls is one only in a transaction of the
 * caller's. Safe for use by many threads.
 *
 * @throws org.springframework.dao.DataAccessException from every method, if the database does not
 *     answer or refuses
 */
public interface EndpointStore {

  /** Has other processes wait that ask for the same, until the transaction of the caller ends. */
  void lockConfiguration();

  /** Every endpoint of every tenant, with its keys. */
  List<Endpoint> all();

  /** One endpoint. */
  Optional<Endpoint> find(EndpointId id);

  /**
   * The endpoints of a tenant, by their ids.
   *
   * @param after the last one of the page before; null for the first page
   * @param most how many at most
   */
  List<Endpoint> ofTenant(String tenant, @Nullable String after, int most);

  /**
   * Makes an endpoint that is enabled and has no keys.
   *
   * @return whether there was none of that id
   */
  boolean create(EndpointId id, Subscription subscription, Endpoint.Origin origin, Instant now);

  /**
   * Changes what is sent where. What was said about another address is forgotten: it counts as not
   * failing.
   *
   * @return whether there is such an endpoint
   */
  boolean change(EndpointId id, Subscription subscription, Instant now);

  /**
   * Forgets an endpoint, with its keys.
   *
   * @return whether there was one
   */
  boolean delete(EndpointId id);

  /** Has a key sign as well; one that does already is sealed anew. */
  void addKey(EndpointId id, EndpointKey key, Instant now);

  /**
   * Has a key sign no more.
   *
   * @return whether it did
   */
  boolean retireKey(EndpointId id, String keyId);

  /**
   * Has webhooks sent again. What was still to be announced of its disabling is not.
   *
   * @return whether they were not
   */
  boolean enable(EndpointId id, Instant now);

  /**
   * Has nothing sent any more, which is announced if it is the engine's own verdict.
   *
   * @return whether something was
   */
  boolean disable(EndpointId id, DisabledReason reason, Instant now);

  /**
   * Has nothing sent any more, and announced, if the endpoint has been failing for so long.
   *
   * @param since it must have been failing since then, or before
   * @return whether something was sent until now, and nothing is any more
   */
  boolean disableIfFailingSince(EndpointId id, Instant since, Instant now);

  /** Notes the first failure after a success; any other changes nothing. */
  void failed(EndpointId id, Instant at);

  /** Notes a success: it ends what began to fail before it. */
  void succeeded(EndpointId id, Instant at);
}
