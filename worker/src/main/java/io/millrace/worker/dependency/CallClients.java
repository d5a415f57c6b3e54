package io.millrace.worker.dependency;

import io.millrace.handler.http.HttpClient;
import io.millrace.handler.http.HttpRequest;
import io.millrace.handler.http.HttpResponse;
import io.millrace.worker.claim.ActiveJob;
import io.millrace.worker.execution.HttpClients;
import io.millrace.worker.http.Answer;
import io.millrace.worker.http.CallFailure;
import io.millrace.worker.http.CallPolicy;
import io.millrace.worker.http.Calls;
import io.millrace.worker.http.PermanentCallFailure;
import io.millrace.worker.http.TransientCallFailure;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives each job a client that calls what it depends upon, as that is configured, with the job's
 * own idempotency key. Safe for use by many threads.
 */
final class CallClients implements HttpClients {

  private final DependencyProperties properties;
  private final Calls calls;
  private final Map<String, CallPolicy> policies = new ConcurrentHashMap<>();

  CallClients(DependencyProperties properties, Calls calls) {
    this.properties = properties;
    this.calls = calls;
    properties
        .dependencies()
        .keySet()
        .forEach(this::policy); // so that a wrong one is known at once
  }

  @Override
  public HttpClient of(ActiveJob job) {
    String name = job.handler().dependency(job.input(), job.order().tenant()).name();
    return new JobClient(job, policy(name).withIdempotencyKey(job.id().toString()));
  }

  private CallPolicy policy(String name) {
    return policies.computeIfAbsent(name, _ -> properties.of(name).http().policy(calls.defaults()));
  }

  /** Calls for one job, and tells it what was sent and what came back. */
  private final class JobClient implements HttpClient {

    private final ActiveJob job;
    private final CallPolicy policy;

    JobClient(ActiveJob job, CallPolicy policy) {
      this.job = job;
      this.policy = policy;
    }

    @Override
    public HttpResponse send(HttpRequest request) throws InterruptedException {
      try {
        Answer answer = calls.call(request, policy, job::called);
        answer.rest().ifPresent(job::askedToRest);
        return answer.response();
      } catch (TransientCallFailure | PermanentCallFailure e) {
        ((CallFailure) e).rest().ifPresent(job::askedToRest);
        throw e;
      }
    }

    @Override
    public <T> T send(HttpRequest request, Class<T> type) throws InterruptedException {
      return read(send(Calls.wantingJson(request)), type);
    }

    @Override
    public <T> T read(HttpResponse response, Class<T> type) {
      return Calls.read(response, type);
    }
  }
}
