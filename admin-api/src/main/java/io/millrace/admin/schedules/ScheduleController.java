package io.millrace.admin.schedules;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.access.Reads;
import io.millrace.admin.access.WholeSystem;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.admin.schedules.ScheduleView.FiringView;
import io.millrace.core.schedule.Firing;
import io.millrace.core.schedule.ScheduleStatus;
import io.millrace.core.schedule.ScheduleStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows what runs by itself, and triggers it by hand. */
@RestController
@RequestMapping("/v1/schedules")
final class ScheduleController {

  private static final int MOST = 1_000;

  private final ScheduleStore schedules;
  private final AuditTrail audit;
  private final TransactionOperations transaction;
  private final InstantSource clock;

  ScheduleController(
      ScheduleStore schedules,
      AuditTrail audit,
      TransactionOperations transaction,
      InstantSource clock) {
    this.schedules = schedules;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Lists the schedules, by their ids. */
  @Reads
  @WholeSystem
  @GetMapping
  ScheduleListView all() {
    Instant now = clock.instant();
    return new ScheduleListView(
        schedules.all().stream().map(each -> ScheduleView.of(each, now)).toList());
  }

  /** Shows a schedule, and what became of its latest times. */
  @Reads
  @WholeSystem
  @GetMapping("/{id}")
  ScheduleDetailView byId(@PathVariable String id, @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > MOST) {
      throw new ApiProblem(
              ProblemType.INVALID_PARAMETER,
              "limit is %d and has to be 1 to %d".formatted(limit, MOST))
          .with("parameter", "limit");
    }
    ScheduleStatus status = schedules.find(storable(id)).orElseThrow(() -> unknown(id));
    return new ScheduleDetailView(
        ScheduleView.of(status, clock.instant()),
        schedules.firings(id, limit).stream().map(FiringView::of).toList());
  }

  /** Runs it beside its times; a scheduler sees to that within a second or two. */
  @Operates
  @WholeSystem
  @PostMapping("/{id}/trigger")
  @ResponseStatus(HttpStatus.ACCEPTED)
  FiringView trigger(Caller caller, @PathVariable String id) {
    FiringView triggered =
        transaction.execute(
            _ -> {
              Firing firing =
                  schedules
                      .trigger(storable(id), caller.subject(), clock.instant())
                      .orElseThrow(() -> unknown(id));
              FiringView view = FiringView.of(firing);
              audit.record(caller, "schedule.trigger", "schedules/" + id, null, view);
              return view;
            });
    return Objects.requireNonNull(triggered);
  }

  /** No schedule has a NUL in its id, and PostgreSQL takes none. */
  private static String storable(String id) {
    if (id.indexOf('\0') >= 0) {
      throw unknown("of that name");
    }
    return id;
  }

  private static ApiProblem unknown(String id) {
    return new ApiProblem(ProblemType.NOT_FOUND, "there is no schedule '%s'".formatted(id));
  }
}
