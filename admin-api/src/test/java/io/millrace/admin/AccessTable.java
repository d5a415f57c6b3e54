package io.millrace.admin;

import static io.millrace.admin.access.Role.ADMIN;
import static io.millrace.admin.access.Role.AUDITOR;
import static io.millrace.admin.access.Role.OPERATOR;
import static io.millrace.admin.access.Role.VIEWER;

import io.millrace.admin.access.Role;
import java.util.List;
import java.util.Set;

/**
 * What each handler method answers to whom. A row is
 *
 * <pre>
 * mapping | request | who may | whose it is | answer to those who may | answer to other tenants
 * </pre>
 *
 * The mapping is written as {@link RunningApi#mappings} writes it. In the request, {@code ID} is
 * the id of a running job of the tenant {@code acme} with the message id {@code secret-1}, and
 * {@code UNKNOWN} one of nothing. {@code SYSTEM} has no other tenants: it is for tokens for all of
 * them. {@code EVERYBODY} is who has a token at all, {@code NOBODY} nobody.
 */
final class AccessTable {

  private static final String ROWS =
      """
      GET /v1/jobs/{id}                        | /v1/jobs/ID                            | READS    | TENANT | 200 | 404
      GET /v1/jobs [tenant && messageId]       | /v1/jobs?tenant=acme&messageId=secret-1 | READS   | TENANT | 200 | 404
      GET /v1/jobs [state && !messageId]       | /v1/jobs?state=RUNNING                 | READS    | TENANT | 200 | 200
      GET /v1/jobs                             | /v1/jobs                               | READS    | TENANT | 400 | 400
      POST /v1/jobs/{id}/cancel                | /v1/jobs/ID/cancel                     | OPERATES | TENANT | 200 | 404
      GET /v1/jobs/{id}/events [text/event-stream] | /v1/jobs/ID/events                     | READS    | TENANT | 200 | 404
      GET /v1/batch-jobs                       | /v1/batch-jobs                         | READS    | SYSTEM | 200 |
      GET /v1/batch-runs                       | /v1/batch-runs                         | READS    | SYSTEM | 200 |
      POST /v1/batch-runs                      | /v1/batch-runs                         | OPERATES | SYSTEM | 400 |
      GET /v1/batch-runs/{id}                  | /v1/batch-runs/UNKNOWN                 | READS    | SYSTEM | 404 |
      GET /v1/batch-runs/{id}/skipped          | /v1/batch-runs/UNKNOWN/skipped         | READS    | SYSTEM | 404 |
      POST /v1/batch-runs/{id}/stop            | /v1/batch-runs/UNKNOWN/stop            | OPERATES | SYSTEM | 404 |
      POST /v1/batch-runs/{id}/restart         | /v1/batch-runs/UNKNOWN/restart         | OPERATES | SYSTEM | 404 |
      POST /v1/batch-runs/{id}/abandon         | /v1/batch-runs/UNKNOWN/abandon         | OPERATES | SYSTEM | 404 |
      GET /v1/audit                            | /v1/audit                              | AUDITS   | TENANT | 200 | 200
      GET /v1/audit/{number}                   | /v1/audit/999999                       | AUDITS   | TENANT | 404 | 404
      GET /v1/audit/verification               | /v1/audit/verification                 | AUDITS   | SYSTEM | 200 |
      * /error                                 | /error                                 | NOBODY   | SYSTEM | 403 |
      * /error [text/html]                     | /error                                 | NOBODY   | SYSTEM | 403 |
      """;

  private AccessTable() {}

  /** Who may. */
  enum Who {
    READS(VIEWER, OPERATOR, ADMIN),
    OPERATES(OPERATOR, ADMIN),
    ADMINISTERS(ADMIN),
    AUDITS(AUDITOR, ADMIN),
    NOBODY;

    private final Set<Role> roles;

    Who(Role... roles) {
      this.roles = Set.of(roles);
    }
  }

  /** Whose it is. */
  enum Whose {
    TENANT,
    SYSTEM
  }

  record Row(String mapping, String request, Who who, Whose whose, int answer, int toOthers) {

    static Row of(String line) {
      List<String> cells =
          List.of(line.split("\\|(?!\\|)", -1)).stream().map(String::strip).toList();
      return new Row(
          cells.get(0),
          cells.get(1),
          Who.valueOf(cells.get(2)),
          Whose.valueOf(cells.get(3)),
          Integer.parseInt(cells.get(4)),
          cells.get(5).isEmpty() ? 403 : Integer.parseInt(cells.get(5)));
    }

    String method() {
      String method = mapping.substring(0, mapping.indexOf(' '));
      return method.equals("*") ? "GET" : method;
    }

    /**
     * What somebody with this role is told, whose token is for the tenants that {@code sees} says.
     */
    int expected(Role role, Sees sees) {
      if (!who.roles.contains(role)) {
        return 403;
      }
      boolean within = sees == Sees.ALL || sees == Sees.OWN && whose == Whose.TENANT;
      return within ? answer : toOthers;
    }

    @Override
    public String toString() {
      return mapping;
    }
  }

  /** The tenants of a token, as seen from the tenant {@code acme}. */
  enum Sees {
    ALL("*"),
    OWN("acme"),
    OTHER("zebra"),
    NONE();

    private final List<String> tenants;

    Sees(String... tenants) {
      this.tenants = List.of(tenants);
    }

    List<String> tenants() {
      return tenants;
    }

    boolean includesOurs() {
      return this == ALL || this == OWN;
    }
  }

  static List<Row> rows() {
    return ROWS.lines().map(Row::of).toList();
  }
}
