package io.millrace.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.admin.fuzz.FuzzRequest;
import io.millrace.admin.fuzz.Fuzzer;
import io.millrace.admin.fuzz.Oracle;
import io.millrace.core.job.Job;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Standing;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests as the document of the API describes them, nearly so, and not at all: none may be
 * answered in a way that it does not describe, and none by a failure of ours. Another seed: the
 * system property {@code millrace.fuzz.seed}; more requests: {@code millrace.fuzz.requests}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiFuzzIT {

  private static final Path DOCUMENT = Path.of("../docs/api/openapi.json");

  @AutoClose private final RunningApi api = new RunningApi("--millrace.api.rate-limit.requests=0");

  @Test
  void answersEverythingAsItsDocumentSays() throws Exception {
    long seed = Long.getLong("millrace.fuzz.seed", new Random().nextLong());
    int requests = Integer.getInteger("millrace.fuzz.requests", 40);
    System.out.printf("fuzzing with -Dmillrace.fuzz.seed=%d%n", seed);
    JsonNode document = JsonMapper.shared().readTree(Files.readString(DOCUMENT));
    Fuzzer fuzzer = new Fuzzer(document, new Random(seed), known());
    Oracle oracle = new Oracle(document);

    List<String> wrong = new ArrayList<>();
    for (FuzzRequest request : fuzzer.requests(requests)) {
      HttpResponse<String> answer = api.send(http(request));
      oracle
          .objection(request, answer)
          .ifPresent(why -> wrong.add("%s%n  -> %s".formatted(request, why)));
    }

    assertThat(wrong).as("with -Dmillrace.fuzz.seed=%d", seed).isEmpty();
  }

  private HttpRequest.Builder http(FuzzRequest request) {
    HttpRequest.Builder http =
        api.request(request.target())
            .method(
                request.verb(),
                request.body().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(request.bytes()));
    request.headers().forEach(http::setHeader);
    return http;
  }

  private List<UUID> known() {
    Job job =
        api.record("fuzzed", Standing.running(new LeaseToken(new UUID(1, 1), 1)), Job.Ending.NONE);
    return List.of(job.id().value());
  }
}
