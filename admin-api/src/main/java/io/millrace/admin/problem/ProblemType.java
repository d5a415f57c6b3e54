package io.millrace.admin.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * The kinds of problems that the API answers with. Programs tell them apart by {@link #uri()},
 * which never changes; {@code docs/api/problems.md} says what to do about each.
 */
public enum ProblemType {
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request makes no sense"),
  INVALID_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter has a value that it cannot have"),
  MISSING_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter is missing"),
  INVALID_BODY(HttpStatus.BAD_REQUEST, "The body is not what is expected here"),
  UNKNOWN_MEMBER(HttpStatus.BAD_REQUEST, "The body has a member that means nothing here"),
  TOO_DEEP(HttpStatus.BAD_REQUEST, "The body is nested too deeply, or has too large parts"),
  UNKNOWN_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter means nothing here"),
  UNKNOWN_VERSION(HttpStatus.BAD_REQUEST, "The API has no such version"),
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Say who you are"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "You may not do that"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The resource has no such method"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "There is no answer in a form that you accept"),
  TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The request takes too long to arrive"),
  CONFLICT(HttpStatus.CONFLICT, "It stands in the way of something else"),
  ALREADY_ENDED(HttpStatus.CONFLICT, "It has already ended"),
  ALREADY_EXISTS(HttpStatus.CONFLICT, "There is one already"),
  WRONG_STATE(HttpStatus.CONFLICT, "It is in a state in which that cannot be done"),
  CHANGED_MEANWHILE(HttpStatus.PRECONDITION_FAILED, "It is no longer what you have seen"),
  TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request is too large"),
  INVALID_PAYLOAD(HttpStatus.UNPROCESSABLE_CONTENT, "The payload is none that the type takes"),
  UNKNOWN_TYPE(HttpStatus.UNPROCESSABLE_CONTENT, "No worker has a handler for jobs of this type"),
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body has to be JSON"),
  UNUSABLE_MESSAGE(HttpStatus.UNPROCESSABLE_CONTENT, "The message still cannot become a job"),
  TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "You ask too often"),
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something is wrong here"),
  OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "There is no room at the moment"),
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer");

  private static final String PREFIX = "urn:millrace:problem:";

  private final HttpStatus status;
  private final String title;

  ProblemType(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  public HttpStatus status() {
    return status;
  }

  /** What it is, in words that are the same for all problems of the type. */
  public String title() {
    return title;
  }

  /** Its name in documents and in its URI. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public URI uri() {
    return URI.create(PREFIX + slug());
  }

  /** The type for what others refuse with nothing but a status. */
  static ProblemType of(HttpStatusCode status) {
    return switch (status.value()) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 408 -> TOO_SLOW;
      case 409 -> CONFLICT;
      case 412 -> CHANGED_MEANWHILE;
      case 413 -> TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 429 -> TOO_MANY_REQUESTS;
      case 501, 505 -> INVALID_REQUEST; // what Tomcat cannot read
      case 503 -> OVERLOADED;
      default -> status.is4xxClientError() ? INVALID_REQUEST : INTERNAL_ERROR;
    };
  }
}
