package io.millrace.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Rules for the code of all modules; whoever checks them needs ArchUnit. */
public final class CodeRules {

  private CodeRules() {}

  /** Clocks are handed in, and nobody sleeps for a time that is a number. */
  public static ArchRule injectsTimeAndNeverSleeps() {
    return noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(ZoneId.class, "systemDefault")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class);
  }

  /** The packages below {@code root} depend on each other in one direction. */
  public static ArchRule hasNoCycles(String root) {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }
}
