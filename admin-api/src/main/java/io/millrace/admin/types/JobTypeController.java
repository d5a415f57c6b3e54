package io.millrace.admin.types;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.millrace.admin.access.Caller;
import io.millrace.admin.access.Reads;
import io.millrace.core.catalogue.HandlerKind;
import io.millrace.core.catalogue.JobTypeStore;
import io.millrace.core.catalogue.KnownJobType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the types of jobs that workers have handlers for, with the schemas of their payloads. */
@RestController
@RequestMapping("/v1/job-types")
final class JobTypeController {

  private final JobTypeStore types;

  JobTypeController(JobTypeStore types) {
    this.types = types;
  }

  /** Those that the caller may have to do with. */
  record ListView(List<JobTypeView> jobTypes) {}

  /**
   * A type; what does not apply is left out.
   *
   * @param schema JSON Schema, draft 2020-12
   * @param version of the worker that has begun last with it
   * @param since when it became so
   */
  record JobTypeView(
      String type,
      HandlerKind kind,
      String handler,
      @Nullable String dependency,
      @JsonRawValue @Nullable String schema,
      String version,
      Instant since) {

    static JobTypeView of(KnownJobType type) {
      return new JobTypeView(
          type.type().name(),
          type.kind(),
          type.handler(),
          type.dependency(),
          type.schema(),
          type.version(),
          type.since());
    }
  }

  /** Lists the types of jobs that workers have handlers for. */
  @Reads
  @GetMapping
  ListView list(Caller caller) {
    return new ListView(
        types.all().stream()
            .filter(type -> caller.scope().includesType(type.type().name()))
            .map(JobTypeView::of)
            .toList());
  }
}
