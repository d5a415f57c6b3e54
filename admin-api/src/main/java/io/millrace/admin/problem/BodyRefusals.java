package io.millrace.admin.problem;

import java.net.SocketTimeoutException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What is wrong with a body, and where; never in the words of the parser, which names classes. */
final class BodyRefusals {

  private static final String NOT_EXPECTED = "the body is not the JSON that is expected here";

  private BodyRefusals() {}

  static ApiProblem of(HttpMessageNotReadableException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      switch (cause) {
        case BodyTooLargeException large -> {
          return Problems.bodyTooLarge(large.most());
        }
        case BodyTooSlowException slow -> {
          return Problems.bodyTooSlow(slow);
        }
        case SocketTimeoutException slow -> {
          return Problems.bodyTooSlow(slow);
        }
        case JacksonException json when !(json instanceof JacksonIOException) -> {
          return of(json);
        }
        default -> {
          // what wraps it
        }
      }
    }
    return new ApiProblem(ProblemType.INVALID_BODY, NOT_EXPECTED, e);
  }

  private static ApiProblem of(JacksonException e) {
    String where = path(e.getPath());
    return switch (e) {
      case UnrecognizedPropertyException unknown -> unknownMember(unknown, where);
      case StreamConstraintsException tooMuch ->
          new ApiProblem(
              ProblemType.TOO_DEEP,
              "the body is nested too deeply, or has a text, a number or a name that is too long",
              tooMuch);
      case InvalidFormatException wrong ->
          at(
              where,
              "is '%s' and has to be %s"
                  .formatted(Refusals.echo(wrong.getValue()), wanted(wrong.getTargetType())),
              wrong);
      case ValueInstantiationException wrong -> at(where, "cannot be that", wrong);
      case MismatchedInputException wrong ->
          at(where, "has to be " + wanted(wrong.getTargetType()), wrong);
      case StreamReadException broken ->
          new ApiProblem(
              ProblemType.INVALID_BODY, NOT_EXPECTED + place(broken.getLocation()), broken);
      default -> new ApiProblem(ProblemType.INVALID_BODY, NOT_EXPECTED, e);
    };
  }

  private static ApiProblem unknownMember(UnrecognizedPropertyException e, String where) {
    String known =
        e.getKnownPropertyIds() == null
            ? "no others"
            : e.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
    return new ApiProblem(
            ProblemType.UNKNOWN_MEMBER,
            "%s means nothing here: there is %s".formatted(Refusals.echo(where), known),
            e)
        .with("member", Refusals.echo(where));
  }

  private static ApiProblem at(String where, String what, JacksonException e) {
    if (where.isEmpty()) {
      return new ApiProblem(ProblemType.INVALID_BODY, NOT_EXPECTED + ": it " + what, e);
    }
    String member = Refusals.echo(where);
    return new ApiProblem(
            ProblemType.INVALID_BODY, "%s: %s %s".formatted(NOT_EXPECTED, member, what), e)
        .with("member", member);
  }

  private static String wanted(@Nullable Class<?> type) {
    return type == null ? "something else" : Kinds.of(type);
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : ": it breaks off or is no JSON at line %d, column %d"
            .formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String path(List<JacksonException.Reference> path) {
    StringBuilder text = new StringBuilder();
    for (JacksonException.Reference each : path) {
      if (each.getPropertyName() == null) {
        text.append('[').append(each.getIndex()).append(']');
        continue;
      }
      text.append(text.isEmpty() ? "" : ".").append(each.getPropertyName());
    }
    return text.toString();
  }
}
