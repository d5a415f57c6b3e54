package io.millrace.admin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.millrace.admin.access.Administers;
import io.millrace.admin.access.Audits;
import io.millrace.admin.access.Operates;
import io.millrace.admin.access.Reads;
import io.millrace.core.store.JobStore;
import io.millrace.testing.CodeRules;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMapping;

/** What keeps somebody from forgetting who may. */
class AccessRulesTest {

  private static final List<Class<? extends Annotation>> WHO_MAY =
      List.of(Reads.class, Operates.class, Administers.class, Audits.class);

  /**
   * What finds rows without being asked for whom. Only what wires may touch it: to hand it to a
   * store that asks, or to a use case whose job was looked up in a scope.
   */
  private static final Set<Class<?>> UNSCOPED =
      Set.of(JdbcClient.class, JdbcOperations.class, JobStore.class);

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.millrace.admin");

  @Test
  void everyHandlerMethodSaysWhoMayCallIt() {
    methods()
        .that()
        .areMetaAnnotatedWith(RequestMapping.class)
        .should(
            new ArchCondition<>("bear exactly one of the annotations of a role") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                long found = WHO_MAY.stream().filter(method::isAnnotatedWith).count();
                events.add(
                    new SimpleConditionEvent(
                        method, found == 1, "%s bears %d".formatted(method.getFullName(), found)));
              }
            })
        .check(CODE);
  }

  @Test
  void onlyWhatWiresTouchesWhatKnowsNoScope() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Configuration")
        .should()
        .dependOnClassesThat(
            new DescribedPredicate<JavaClass>("find rows whoever asks") {
              @Override
              public boolean test(JavaClass type) {
                return UNSCOPED.stream().anyMatch(type::isEquivalentTo);
              }
            })
        .check(CODE);
  }

  @Test
  void hasNoCycles() {
    CodeRules.hasNoCycles("io.millrace.admin").check(CODE);
  }
}
