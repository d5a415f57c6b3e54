package io.millrace.admin;

import static io.millrace.admin.RunningApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.admin.AccessTable.Row;
import io.millrace.admin.AccessTable.Sees;
import io.millrace.admin.access.Role;
import io.millrace.core.job.Job;
import io.millrace.core.job.LeaseToken;
import io.millrace.core.job.Standing;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every endpoint, asked by everybody, with every kind of token: see {@link AccessTable}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessIT {

  private static final String SECRET = "secret-1";

  @AutoClose private final RunningApi api = new RunningApi();

  private final Map<String, String> badTokens = new BadTokens(api.issuer()).all();

  private final Job job =
      api.record(SECRET, Standing.running(new LeaseToken(new UUID(1, 1), 1)), Job.Ending.NONE);

  static List<Row> rows() {
    return AccessTable.rows();
  }

  @Test
  void everyMappingHasARow() {
    assertThat(rows()).extracting(Row::mapping).containsExactlyInAnyOrderElementsOf(api.mappings());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answersByRoleAndTenant(Row row) throws Exception {
    for (Role role : Role.values()) {
      for (Sees sees : Sees.values()) {
        HttpResponse<String> answer = asked(row, token(List.of(role.label()), sees));

        assertThat(answer.statusCode())
            .as("%s of %s: %s", role, sees, answer.body())
            .isEqualTo(row.expected(role, sees));
        if (!sees.includesOurs()) {
          assertThat(answer.body()).doesNotContain("\"messageId\":\"" + SECRET);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isClosedToWhoeverHasNoRole(Row row) throws Exception {
    for (List<String> roles : List.of(List.<String>of(), List.of("VIEWER", "root", "admin "))) {
      HttpResponse<String> answer = asked(row, token(roles, Sees.ALL));

      assertProblem(answer, 403, "");
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isClosedToWhoeverHasNoGoodToken(Row row) throws Exception {
    HttpResponse<String> anonymous = api.sendAnonymously(request(row));
    assertProblem(anonymous, 401, "this takes a token");
    assertThat(anonymous.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Bearer ")
        .doesNotContain("error");

    for (Map.Entry<String, String> bad : badTokens.entrySet()) {
      HttpResponse<String> answer = asked(row, bad.getValue());

      assertThat(answer.statusCode()).as(bad.getKey() + ": " + answer.body()).isEqualTo(401);
      assertProblem(answer, 401, "the token is not accepted: ");
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
          .startsWith("Bearer ")
          .contains("invalid_token");
    }
  }

  private HttpResponse<String> asked(Row row, String token)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = api.sendAs(token, request(row));
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    return answer;
  }

  private HttpRequest.Builder request(Row row) {
    String path =
        row.request()
            .replace("ID", job.id().toString())
            .replace("UNKNOWN", "6b1c25a6-0a3f-8000-8000-000000000000");
    HttpRequest.Builder request = HttpRequest.newBuilder(api.uri(path));
    return row.method().equals("GET")
        ? request
        : request
            .header("Content-Type", "application/json")
            .method(row.method(), BodyPublishers.ofString("{}"));
  }

  private String token(List<String> roles, Sees sees) {
    return api.issuer()
        .token(claims -> claims.claim("roles", roles).claim("tenants", sees.tenants()));
  }
}
