package io.millrace.core.failure;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The methods at the top of a stack trace, a line each: those of the handler and of the libraries
 * that it uses, without the platform's and the engine's, and without whatever differs from one
 * build or one process to the next, line numbers and the numbering of lambdas and proxies.
 */
final class TopFrames {

  private static final int MOST = 3;

  private static final String FRAME = "\tat ";

  /** Whose methods say nothing about the cause. */
  private static final List<String> SURROUNDINGS =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "io.millrace.worker.",
          "io.millrace.core.",
          "org.springframework.aop.",
          "org.springframework.cglib.");

  private static final Pattern HIDDEN_CLASS = Pattern.compile("\\$\\$Lambda[^.]*");
  private static final Pattern NUMBERED =
      Pattern.compile(
          "(lambda\\$\\w+|\\$Proxy|\\$\\$(?:SpringCGLIB|EnhancerBy\\w+)\\$\\$)\\$?\\p{XDigit}+");

  private TopFrames() {}

  /**
   * The frames of the outermost exception.
   *
   * @param trace as {@link Throwable#printStackTrace()} writes it, or its beginning
   */
  static String of(String trace) {
    return trace
        .lines()
        .takeWhile(line -> !line.startsWith("Caused by:"))
        .filter(line -> line.startsWith(FRAME) && line.indexOf('(') > 0)
        .map(TopFrames::method)
        .filter(method -> SURROUNDINGS.stream().noneMatch(method::startsWith))
        .limit(MOST)
        .collect(Collectors.joining("\n"));
  }

  /** Class and method, without the loader and the module, which stand before a slash. */
  private static String method(String line) {
    String whole = line.substring(FRAME.length(), line.indexOf('('));
    String named = HIDDEN_CLASS.matcher(whole).replaceAll("\\$\\$Lambda");
    return NUMBERED.matcher(named.substring(named.lastIndexOf('/') + 1)).replaceAll("$1");
  }
}
