package io.millrace.core;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.util.StringUtils;

/** Says in one line why a process could not start and what to do about it. */
final class OneLineFailureReporter implements FailureAnalysisReporter {

  private static final Logger LOG = LoggerFactory.getLogger("millrace.start");

  @Override
  public void report(FailureAnalysis analysis) {
    LOG.error(line(analysis));
  }

  static String line(FailureAnalysis analysis) {
    String action = analysis.getAction();
    return sentence(analysis.getDescription())
        + (StringUtils.hasText(action) ? " " + sentence(action) : "");
  }

  private static String sentence(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.endsWith(".") ? line : line + ".";
  }
}
