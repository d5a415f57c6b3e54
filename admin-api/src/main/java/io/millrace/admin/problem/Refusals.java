package io.millrace.admin.problem;

import java.util.Collection;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.accept.InvalidApiVersionException;
import org.springframework.web.accept.MissingApiVersionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.UnsatisfiedServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What the web framework refuses, in the words of the API. */
final class Refusals {

  private static final int LONGEST_ECHO = 100;

  /** A path that begins with what looks like a version. */
  private static final Pattern VERSION = Pattern.compile("/?(v[0-9][0-9.]*)(?:/|$)");

  private final String versions;

  /**
   * @param versions those of the API that there are, for people
   */
  Refusals(String versions) {
    this.versions = versions;
  }

  /**
   * The problem that a refusal of the framework is.
   *
   * @param status that it would have by itself
   */
  ApiProblem of(Exception refusal, HttpStatusCode status) {
    return switch (refusal) {
      case ApiProblem problem -> problem;
      case HttpMessageNotReadableException e -> BodyRefusals.of(e);
      case MissingServletRequestParameterException e -> missing(e.getParameterName(), "parameter");
      case MissingRequestHeaderException e -> missing(e.getHeaderName(), "header");
      case TypeMismatchException e -> mismatch(e);
      case UnsatisfiedServletRequestParameterException e -> unsatisfied(e);
      case MethodArgumentNotValidException e -> invalid(e.getAllErrors(), e);
      case MethodValidationResult e -> invalid(e.getAllErrors(), refusal);
      case HttpRequestMethodNotSupportedException e -> method(e);
      case HttpMediaTypeException e -> mediaType(e);
      case InvalidApiVersionException e -> version(e.getVersion(), e);
      case MissingApiVersionException e -> nothingHere(e);
      case NoResourceFoundException e -> nothingAt(e.getResourcePath(), e);
      case NoHandlerFoundException e -> nothingAt(e.getRequestURL(), e);
      case MaxUploadSizeExceededException e ->
          new ApiProblem(ProblemType.TOO_LARGE, "the body is too large", e);
      case MultipartException e ->
          new ApiProblem(ProblemType.UNSUPPORTED_MEDIA_TYPE, "the body has to be JSON", e);
      default -> byStatus(refusal, status);
    };
  }

  /** Whatever its author wrote in it: it may be meant for logs only. */
  private static ApiProblem byStatus(Exception refusal, HttpStatusCode status) {
    ProblemType type = ProblemType.of(status);
    return new ApiProblem(type, type.title(), refusal);
  }

  private static ApiProblem missing(String name, String what) {
    return new ApiProblem(
            ProblemType.MISSING_PARAMETER, "the %s %s is missing".formatted(what, name))
        .with("parameter", name);
  }

  private static ApiProblem mismatch(TypeMismatchException e) {
    String name =
        e instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : Objects.requireNonNullElse(e.getPropertyName(), "a parameter");
    return new ApiProblem(
            ProblemType.INVALID_PARAMETER,
            "%s is '%s' and has to be %s"
                .formatted(name, echo(e.getValue()), wanted(e.getRequiredType())),
            e)
        .with("parameter", name);
  }

  private static String wanted(@Nullable Class<?> type) {
    return type == null ? "something else" : Kinds.of(type);
  }

  private static ApiProblem unsatisfied(UnsatisfiedServletRequestParameterException e) {
    return new ApiProblem(
        ProblemType.MISSING_PARAMETER,
        "parameters are missing or do not go together: needed is %s"
            .formatted(
                e.getParamConditionGroups().stream()
                    .map(group -> String.join(" and ", group))
                    .collect(Collectors.joining(", or "))),
        e);
  }

  private static ApiProblem invalid(
      Collection<? extends MessageSourceResolvable> errors, Exception e) {
    return new ApiProblem(
        ProblemType.INVALID_PARAMETER,
        errors.stream().map(Refusals::words).sorted().collect(Collectors.joining("; ")),
        e);
  }

  /** What the framework says of a value that it cannot convert names classes. */
  private static String words(MessageSourceResolvable error) {
    return error instanceof FieldError field && field.contains(TypeMismatchException.class)
        ? "%s is '%s' and has to be %s"
            .formatted(
                field.getField(),
                echo(field.getRejectedValue()),
                wanted(field.unwrap(TypeMismatchException.class).getRequiredType()))
        : Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid");
  }

  private static ApiProblem method(HttpRequestMethodNotSupportedException e) {
    String[] supported = e.getSupportedMethods();
    String there = supported == null ? "others" : String.join(", ", supported);
    ApiProblem problem =
        new ApiProblem(
            ProblemType.METHOD_NOT_ALLOWED,
            "there is no %s here, but %s".formatted(echo(e.getMethod()), there),
            e);
    problem.getHeaders().addAll(e.getHeaders());
    return problem;
  }

  private static ApiProblem mediaType(HttpMediaTypeException e) {
    ProblemType type =
        switch (e) {
          case HttpMediaTypeNotSupportedException _ -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
          case HttpMediaTypeNotAcceptableException _ -> ProblemType.NOT_ACCEPTABLE;
          default -> ProblemType.INVALID_REQUEST;
        };
    String there =
        e.getSupportedMediaTypes().stream()
            .map(MediaType::toString)
            .distinct()
            .collect(Collectors.joining(", "));
    ApiProblem problem =
        new ApiProblem(
            type,
            there.isEmpty()
                ? "that is no media type such as application/json"
                : "what there is here is " + there,
            e);
    problem.getHeaders().addAll(e.getHeaders());
    return problem;
  }

  private ApiProblem version(String asked, Exception e) {
    return new ApiProblem(
            ProblemType.UNKNOWN_VERSION,
            "there is no version '%s' of the API: there is %s".formatted(echo(asked), versions),
            e)
        .with("versions", versions);
  }

  private ApiProblem nothingAt(String path, Exception e) {
    Matcher version = VERSION.matcher(path);
    return version.lookingAt() && !version.group(1).equals(versions)
        ? version(version.group(1), e)
        : nothingHere(e);
  }

  private static ApiProblem nothingHere(Exception e) {
    return new ApiProblem(
        ProblemType.NOT_FOUND, "nothing is here: /v1/openapi.json says what is where", e);
  }

  /** What somebody has sent, as far as it is worth showing. */
  static String echo(@Nullable Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
    return text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO) + "...";
  }
}
