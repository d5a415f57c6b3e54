package io.millrace.admin.queues;

import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Operates;
import io.millrace.admin.access.WholeSystem;
import io.millrace.admin.audit.AuditTrail;
import io.millrace.admin.problem.ApiProblem;
import io.millrace.admin.problem.ProblemType;
import io.millrace.admin.reason.Reason;
import io.millrace.client.contract.JobType;
import io.millrace.client.contract.Lane;
import io.millrace.core.pause.PausedPart;
import io.millrace.core.store.PauseStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pauses types and lanes everywhere, and resumes them. What is so already stays as it is. */
@RestController
@RequestMapping("/v1/queues")
final class PauseController {

  private final PauseStore pauses;
  private final QueueOverview overview;
  private final QueueController queues;
  private final AuditTrail audit;
  private final TransactionOperations transaction;

  PauseController(
      PauseStore pauses,
      QueueOverview overview,
      QueueController queues,
      AuditTrail audit,
      TransactionOperations transaction) {
    this.pauses = pauses;
    this.overview = overview;
    this.queues = queues;
    this.audit = audit;
    this.transaction = transaction;
  }

  /** Has no job of the type begin; its messages wait in the broker. */
  @Operates
  @WholeSystem
  @PostMapping("/types/{type}/pause")
  PartView pauseType(Caller caller, @PathVariable String type, @RequestBody PauseRequest request) {
    PausedPart.OfType part = type(type);
    if (!overview.knows(part.type())) {
      throw new ApiProblem(
          ProblemType.NOT_FOUND,
          "no worker has ever had a handler of the type '%s'".formatted(type));
    }
    return pause(caller, part, request);
  }

  /** Has jobs of the type begin again. */
  @Operates
  @WholeSystem
  @PostMapping("/types/{type}/resume")
  PartView resumeType(Caller caller, @PathVariable String type) {
    return resume(caller, type(type));
  }

  /** Has no job of the lane begin, whichever its type. */
  @Operates
  @WholeSystem
  @PostMapping("/lanes/{lane}/pause")
  PartView pauseLane(Caller caller, @PathVariable Lane lane, @RequestBody PauseRequest request) {
    return pause(caller, new PausedPart.OfLane(lane), request);
  }

  /** Has jobs of the lane begin again. */
  @Operates
  @WholeSystem
  @PostMapping("/lanes/{lane}/resume")
  PartView resumeLane(Caller caller, @PathVariable Lane lane) {
    return resume(caller, new PausedPart.OfLane(lane));
  }

  private PartView pause(Caller caller, PausedPart part, PauseRequest request) {
    String reason = Reason.required("reason", request.reason());
    PartView paused =
        transaction.execute(
            _ -> {
              boolean changed = pauses.pause(part, caller.subject(), reason);
              PartView after = view(part);
              if (changed) {
                audit.record(caller, "queues.pause", resource(part), null, after);
              }
              return after;
            });
    queues.forget();
    return Objects.requireNonNull(paused);
  }

  private PartView resume(Caller caller, PausedPart part) {
    PartView resumed =
        transaction.execute(
            _ -> {
              PartView before = view(part);
              if (pauses.resume(part)) {
                audit.record(caller, "queues.resume", resource(part), before, null);
              }
              return new PartView(part.kind(), part.name(), null);
            });
    queues.forget();
    return Objects.requireNonNull(resumed);
  }

  private PartView view(PausedPart part) {
    @Nullable PauseView paused =
        pauses.all().stream()
            .filter(each -> each.part().equals(part))
            .map(PauseView::of)
            .findFirst()
            .orElse(null);
    return new PartView(part.kind(), part.name(), paused);
  }

  private static String resource(PausedPart part) {
    return switch (part) {
      case PausedPart.OfType _ -> "queues/types/" + part.name();
      case PausedPart.OfLane _ -> "queues/lanes/" + part.name();
    };
  }

  private static PausedPart.OfType type(String name) {
    if (!JobType.isValid(name)) {
      throw new ApiProblem(
              ProblemType.INVALID_PARAMETER,
              "'%s' is no job type: that is words of a-z, 0-9 and '-', joined by dots"
                  .formatted(name))
          .with("parameter", "type");
    }
    return new PausedPart.OfType(new JobType(name));
  }
}
