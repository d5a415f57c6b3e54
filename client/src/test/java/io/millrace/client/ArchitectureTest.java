package io.millrace.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.millrace.testing.CodeRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.millrace.client");

  @Test
  void theContractStandsAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.client.contract")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.millrace.client", "io.millrace.client.spring", "org.springframework..")
        .check(MAIN);
  }

  @Test
  void thePublisherKnowsNoSpring() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.client")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.millrace.client.spring", "org.springframework..")
        .check(MAIN);
  }

  @Test
  void nobodyAsksForTheTimeOrSleeps() {
    CodeRules.injectsTimeAndNeverSleeps().check(MAIN);
  }
}
