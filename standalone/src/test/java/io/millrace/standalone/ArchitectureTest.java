package io.millrace.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.millrace.testing.CodeRules;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.ComponentScan;

/** The shape of the whole: this module sees all others. */
class ArchitectureTest {

  /** It lies beside the API of handlers, and stands above the worker that it runs them with. */
  private static final String TEST_KIT = "io.millrace.handler.test..";

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.millrace");

  @Test
  void keepsTheThreeProcessesApart() {
    for (String process : List.of("worker", "scheduler", "admin")) {
      List<String> others =
          List.of("worker", "scheduler", "admin", "standalone", "embedded", "examples").stream()
              .filter(other -> !other.equals(process))
              .map(other -> "io.millrace." + other + "..")
              .toList();
      noClasses()
          .that()
          .resideInAPackage("io.millrace." + process + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others.toArray(String[]::new))
          .check(CODE);
    }
  }

  @Test
  void keepsWhatOthersDependOnFreeOfTheEngine() {
    noClasses()
        .that()
        .resideInAnyPackage("io.millrace.handler", "io.millrace.handler.http")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..",
            "org.slf4j..",
            "org.jspecify..",
            "io.millrace.handler",
            "io.millrace.handler.http")
        .check(CODE);
    noClasses()
        .that()
        .resideInAPackage("io.millrace.client..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.millrace.core..", "io.millrace.worker..")
        .check(CODE);
  }

  @Test
  void leavesTheKitForTestsOfHandlersToTests() {
    noClasses()
        .that()
        .resideOutsideOfPackage(TEST_KIT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(TEST_KIT)
        .check(CODE);
  }

  @Test
  void keepsTheLifeOfAJobPure() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.core.job..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..", "java.sql..", "com.rabbitmq..", "io.millrace.core.store..")
        .check(CODE);
  }

  @Test
  void hasNoCycles() {
    slices()
        .matching("io.millrace.(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(resideInAPackage(TEST_KIT), alwaysTrue())
        .check(CODE);
    CodeRules.hasNoCycles("io.millrace.worker").check(CODE);
    CodeRules.hasNoCycles("io.millrace.core").check(CODE);
    CodeRules.hasNoCycles("io.millrace.scheduler").check(CODE);
    CodeRules.hasNoCycles("io.millrace.standalone").check(CODE);
  }

  @Test
  void injectsTimeAndNeverSleeps() {
    CodeRules.injectsTimeAndNeverSleeps().check(CODE);
  }

  @Test
  void wiresByHand() {
    fields().should().notBeAnnotatedWith(Autowired.class).check(CODE);
    fields().should().notBeAnnotatedWith(Value.class).check(CODE);
    noClasses().should().beAnnotatedWith(SpringBootApplication.class).check(CODE);
    noClasses().should().beAnnotatedWith(ComponentScan.class).check(CODE);
  }

  @Test
  void namesPackagesForWhatTheyDo() {
    noClasses()
        .should()
        .resideInAnyPackage("..common..", "..util..", "..utils..", "..helper..", "..manager..")
        .check(CODE);
  }

  @Test
  void marksEveryPackageAsFreeOfNulls() {
    List<String> unmarked =
        CODE.stream()
            .map(type -> type.getPackage())
            .distinct()
            .filter(each -> !isMarked(each))
            .map(JavaPackage::getName)
            .toList();

    assertThat(unmarked).isEmpty();
  }

  private static boolean isMarked(JavaPackage each) {
    return each.isAnnotatedWith(NullMarked.class);
  }
}
