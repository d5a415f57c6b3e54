package io.millrace.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.client.contract.JobType;
import io.millrace.core.catalogue.KnownJobType;
import io.millrace.core.catalogue.PayloadSchema;
import io.millrace.core.dependency.DependencyKey;
import io.millrace.handler.Calls;
import io.millrace.handler.Handles;
import io.millrace.handler.Integration;
import io.millrace.handler.JobHandler;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The handlers of this worker, by type. Immutable. */
public final class HandlerRegistry {

  /**
   * Numbers become records unrounded, and what a record does not know is a mistake of the
   * publisher's.
   */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final Map<String, RegisteredHandler> byType = new TreeMap<>();

  private final FailureClassifier failures;

  /**
   * @throws InvalidHandlerException if one cannot be used, or two have the same type
   */
  public HandlerRegistry(
      Collection<? extends JobHandler<?, ?>> handlers, FailureClassifier failures) {
    this.failures = failures;
    handlers.forEach(this::register);
  }

  /** The handler of the jobs of type {@code type}, if this worker has one. */
  public Optional<RegisteredHandler> find(JobType type) {
    return Optional.ofNullable(byType.get(type.name()));
  }

  /** The types that this worker has. */
  public Set<JobType> types() {
    return Set.copyOf(byType.values().stream().map(RegisteredHandler::type).toList());
  }

  /** What they are, as a worker of this version says that begins now. */
  public List<KnownJobType> known(String version, Instant now) {
    return byType.values().stream().map(handler -> handler.known(version, now)).toList();
  }

  private void register(JobHandler<?, ?> handler) {
    Class<?> kind = handler.getClass();
    Handles handles = kind.getAnnotation(Handles.class);
    if (handles == null) {
      throw new InvalidHandlerException(
          kind, "it does not say which jobs it does: annotate it with @Handles(\"its.type\")");
    }
    if (!JobType.isValid(handles.value())) {
      throw new InvalidHandlerException(
          kind,
          "'%s' is no job type, which is words of a-z, 0-9 and '-', joined by dots"
              .formatted(handles.value()));
    }
    requireADependency(handler);
    JobType type = new JobType(handles.value());
    RegisteredHandler registered =
        new RegisteredHandler(
            type,
            handler,
            HandlerTypes.of(kind),
            JSON,
            handles.schema().isEmpty() ? null : schema(kind, handles.schema()),
            failures);
    if (byType.putIfAbsent(type.name(), registered) != null) {
      throw new InvalidHandlerException(kind, "there is another handler of type " + type);
    }
  }

  /** The schema at {@code path}, beside {@code handler} or from the root of its jar. */
  private static PayloadSchema schema(Class<?> handler, String path) {
    try (InputStream resource = handler.getResourceAsStream(path)) {
      if (resource == null) {
        throw new InvalidHandlerException(handler, "its schema " + path + " is not in its jar");
      }
      return PayloadSchema.of(new String(resource.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new InvalidHandlerException(handler, "its schema " + path + " cannot be read: " + e);
    }
  }

  private static void requireADependency(JobHandler<?, ?> handler) {
    Class<?> kind = handler.getClass();
    Calls calls = kind.getAnnotation(Calls.class);
    if (!(handler instanceof Integration)) {
      if (calls != null) {
        throw new InvalidHandlerException(kind, "only an Integration @Calls somebody");
      }
      return;
    }
    boolean saysSo =
        Stream.of(kind.getMethods())
            .anyMatch(
                method ->
                    method.getName().equals("dependency")
                        && method.getParameterCount() <= 2
                        && method.getDeclaringClass() != Integration.class);
    if (saysSo == (calls != null)) {
      throw new InvalidHandlerException(
          kind,
          "say what it calls in one way: annotate it with @Calls(\"its-name\"), or override dependency if that differs from job to job");
    }
    if (calls != null && !DependencyKey.isName(calls.value())) {
      throw new InvalidHandlerException(
          kind,
          "'%s' is no dependency, which is a name of a-z, 0-9 and '-'".formatted(calls.value()));
    }
  }
}
