package io.millrace.chaos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.millrace.testing.CodeRules;
import org.junit.jupiter.api.Test;

/** The rules of all modules; standalone, which checks the others, does not see this one. */
class ArchitectureTest {

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.millrace.chaos");

  @Test
  void hasNoCycles() {
    CodeRules.hasNoCycles("io.millrace.chaos").check(CODE);
  }

  @Test
  void injectsTimeAndNeverSleeps() {
    CodeRules.injectsTimeAndNeverSleeps().check(CODE);
  }

  @Test
  void judgesWithoutKnowingHowTheHistoryCameAbout() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.chaos.history..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.millrace.chaos.engine..", "io.millrace.chaos.fault..")
        .check(CODE);
  }
}
