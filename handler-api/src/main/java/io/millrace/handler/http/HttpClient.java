package io.millrace.handler.http;

import io.millrace.handler.PermanentFailure;
import io.millrace.handler.TransientFailure;

/**
 * Calls one system over HTTP. The calling thread waits for the answer and heeds an interruption;
 * any number of threads may call at once.
 *
 * <p>An answer with a status that the request does not accept is a failure: a transient one if it
 * may pass by itself (408, 425, 429, from 500 on), else a permanent one. So is an answer that does
 * not come, or not in time: a transient one. Where the engine does not let anybody go, such as a
 * private address, no call is made: a permanent one.
 */
public interface HttpClient {

  /**
   * Sends a request and waits for the whole answer, whose body is cut if it is larger than the
   * configuration allows.
   *
   * @throws TransientFailure if the same may succeed later; it says how long to wait where the
   *     answer did
   * @throws PermanentFailure if it will not
   * @throws InterruptedException if the thread was interrupted; the call is given up
   */
  HttpResponse send(HttpRequest request) throws InterruptedException;

  /**
   * The same, and reads the answer from JSON; members that {@code type} does not have are ignored.
   *
   * @throws TransientFailure as above
   * @throws PermanentFailure as above, or if the body is not JSON of that kind, or was cut
   * @throws InterruptedException as above
   */
  <T> T send(HttpRequest request, Class<T> type) throws InterruptedException;

  /**
   * Reads an answer from JSON, as {@link #send(HttpRequest, Class)} does.
   *
   * @throws PermanentFailure if the body is not JSON of that kind, or was cut
   */
  <T> T read(HttpResponse response, Class<T> type);
}
