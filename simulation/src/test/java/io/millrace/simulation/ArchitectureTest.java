package io.millrace.simulation;

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
          .importPackages("io.millrace.simulation");

  @Test
  void hasNoCycles() {
    CodeRules.hasNoCycles("io.millrace.simulation").check(CODE);
  }

  @Test
  void injectsTimeAndNeverSleeps() {
    CodeRules.injectsTimeAndNeverSleeps().check(CODE);
  }
}
