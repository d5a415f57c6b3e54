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
      GET /v1/jobs [messageId && !tenant]      | /v1/jobs?messageId=secret-1            | READS    | TENANT | 400 | 400
      GET /v1/jobs [!messageId]                | /v1/jobs?state=RUNNING                 | READS    | TENANT | 200 | 200
      POST /v1/jobs                            | /v1/jobs                               | OPERATES | TENANT | 400 | 400
      POST /v1/jobs/{id}/retry                 | /v1/jobs/ID/retry                      | OPERATES | TENANT | 409 | 404
      GET /v1/job-types                        | /v1/job-types                          | READS    | TENANT | 200 | 200
      GET /v1/failures                         | /v1/failures                           | READS    | TENANT | 200 | 200
      GET /v1/failures/{group}                 | /v1/failures/ungrouped                 | READS    | TENANT | 404 | 404
      GET /v1/replays                          | /v1/replays                            | READS    | TENANT | 200 | 200
      POST /v1/replays                         | /v1/replays                            | OPERATES | TENANT | 400 | 400
      POST /v1/replays/dry-run                 | /v1/replays/dry-run                    | OPERATES | TENANT | 400 | 400
      GET /v1/replays/{id}                     | /v1/replays/UNKNOWN                    | READS    | TENANT | 404 | 404
      GET /v1/replays/{id}/events [text/event-stream] | /v1/replays/UNKNOWN/events         | READS    | TENANT | 404 | 404
      POST /v1/replays/{id}/stop               | /v1/replays/UNKNOWN/stop               | OPERATES | TENANT | 404 | 404
      POST /v1/replays/{id}/resume             | /v1/replays/UNKNOWN/resume             | OPERATES | TENANT | 404 | 404
      POST /v1/jobs/{id}/cancel                | /v1/jobs/ID/cancel                     | OPERATES | TENANT | 200 | 404
      GET /v1/jobs/{id}/events [text/event-stream] | /v1/jobs/ID/events                     | READS    | TENANT | 200 | 404
      GET /v1/queues                           | /v1/queues                             | READS    | SYSTEM | 200 |
      POST /v1/queues/types/{type}/pause       | /v1/queues/types/no.such/pause         | OPERATES | SYSTEM | 404 |
      POST /v1/queues/types/{type}/resume      | /v1/queues/types/no.such/resume        | OPERATES | SYSTEM | 200 |
      POST /v1/queues/lanes/{lane}/pause       | /v1/queues/lanes/LOW/pause             | OPERATES | SYSTEM | 400 |
      POST /v1/queues/lanes/{lane}/resume      | /v1/queues/lanes/LOW/resume            | OPERATES | SYSTEM | 200 |
      GET /v1/dependencies                     | /v1/dependencies                       | READS    | SYSTEM | 200 |
      POST /v1/dependencies/open               | /v1/dependencies/open                  | OPERATES | SYSTEM | 400 |
      POST /v1/dependencies/close              | /v1/dependencies/close                 | OPERATES | SYSTEM | 400 |
      POST /v1/dependencies/automatic          | /v1/dependencies/automatic             | OPERATES | SYSTEM | 400 |
      GET /v1/quarantine                       | /v1/quarantine                         | READS    | TENANT | 200 | 200
      GET /v1/quarantine/{id}                  | /v1/quarantine/UNKNOWN                 | READS    | TENANT | 404 | 404
      POST /v1/quarantine/{id}/resubmit        | /v1/quarantine/UNKNOWN/resubmit        | OPERATES | TENANT | 404 | 404
      POST /v1/quarantine/{id}/discard         | /v1/quarantine/UNKNOWN/discard         | OPERATES | TENANT | 400 | 400
      POST /v1/quarantine/resubmit             | /v1/quarantine/resubmit                | OPERATES | TENANT | 400 | 400
      POST /v1/quarantine/discard              | /v1/quarantine/discard                 | OPERATES | TENANT | 400 | 400
      GET /v1/endpoints                        | /v1/endpoints?tenant=acme              | READS    | TENANT | 200 | 200
      GET /v1/endpoints/{id}                   | /v1/endpoints/UNKNOWN?tenant=acme      | READS    | TENANT | 404 | 404
      PUT /v1/endpoints/{id}                   | /v1/endpoints/UNKNOWN?tenant=acme      | ADMINISTERS | TENANT | 400 | 404
      DELETE /v1/endpoints/{id}                | /v1/endpoints/UNKNOWN?tenant=acme      | ADMINISTERS | TENANT | 404 | 404
      POST /v1/endpoints/{id}/enable           | /v1/endpoints/UNKNOWN/enable?tenant=acme | OPERATES | TENANT | 404 | 404
      POST /v1/endpoints/{id}/disable          | /v1/endpoints/UNKNOWN/disable?tenant=acme | OPERATES | TENANT | 404 | 404
      POST /v1/endpoints/{id}/keys             | /v1/endpoints/UNKNOWN/keys?tenant=acme | ADMINISTERS | TENANT | 409 | 404
      DELETE /v1/endpoints/{id}/keys/{key}     | /v1/endpoints/UNKNOWN/keys/1?tenant=acme | ADMINISTERS | TENANT | 404 | 404
      POST /v1/endpoints/reseal                | /v1/endpoints/reseal                   | ADMINISTERS | SYSTEM | 409 |
      GET /v1/schedules                        | /v1/schedules                          | READS    | SYSTEM | 200 |
      GET /v1/schedules/{id}                   | /v1/schedules/no-such                  | READS    | SYSTEM | 404 |
      POST /v1/schedules/{id}/trigger          | /v1/schedules/no-such/trigger          | OPERATES | SYSTEM | 404 |
      GET /v1/workers                          | /v1/workers                            | READS    | SYSTEM | 200 |
      GET /v1/batch-jobs                       | /v1/batch-jobs                         | READS    | SYSTEM | 200 |
      GET /v1/batch-runs                       | /v1/batch-runs                         | READS    | SYSTEM | 200 |
      POST /v1/batch-runs                      | /v1/batch-runs                         | OPERATES | SYSTEM | 400 |
      GET /v1/batch-runs/{id}                  | /v1/batch-runs/UNKNOWN                 | READS    | SYSTEM | 404 |
      GET /v1/batch-runs/{id}/skipped          | /v1/batch-runs/UNKNOWN/skipped         | READS    | SYSTEM | 404 |
      POST /v1/batch-runs/{id}/stop            | /v1/batch-runs/UNKNOWN/stop            | OPERATES | SYSTEM | 404 |
      POST /v1/batch-runs/{id}/restart         | /v1/batch-runs/UNKNOWN/restart         | OPERATES | SYSTEM | 404 |
      POST /v1/batch-runs/{id}/abandon         | /v1/batch-runs/UNKNOWN/abandon         | OPERATES | SYSTEM | 404 |
      GET /v1/audit                            | /v1/audit                              | AUDITS   | TENANT | 200 | 200
      GET /v1/audit/{number}                   | /v1/audit/9000000                      | AUDITS   | TENANT | 404 | 404
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
