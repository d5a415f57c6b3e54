package io.millrace.admin.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.access.Scope;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessRuleTest {

  private static final AccessRule OPERATES = rule("operates");
  private static final AccessRule WHOLE_SYSTEM = rule("wholeSystem");

  @Test
  void letsInWhoeverHasOneOfItsRoles() {
    assertThat(OPERATES.refusal(caller(Scope.NOTHING, Role.OPERATOR))).isEmpty();
    assertThat(OPERATES.refusal(caller(Scope.NOTHING, Role.VIEWER, Role.ADMIN))).isEmpty();
    assertThat(OPERATES.refusal(caller(Scope.WHOLE_SYSTEM, Role.AUDITOR, Role.VIEWER)))
        .contains("this is for operator or admin, and your token says viewer, auditor");
    assertThat(OPERATES.refusal(caller(Scope.WHOLE_SYSTEM)))
        .contains("this is for operator or admin, and your token names no role");
  }

  @Test
  void asksForTheWholeSystemWhereNoTenantOwnsIt() {
    assertThat(WHOLE_SYSTEM.refusal(caller(Scope.WHOLE_SYSTEM, Role.VIEWER))).isEmpty();
    assertThat(WHOLE_SYSTEM.refusal(caller(Scope.ofTenants("acme"), Role.ADMIN)))
        .hasValueSatisfying(why -> assertThat(why).contains("all tenants"));
  }

  @Test
  void isMissingWhereNothingOrTooMuchIsSaid() {
    assertThat(found("silent")).isEmpty();
    assertThat(found("onlyWholeSystem")).isEmpty();
    assertThat(found("twofold")).isEmpty();
  }

  @SuppressWarnings("unused") // by name
  private interface Handlers {

    @Operates
    void operates();

    @Reads
    @WholeSystem
    void wholeSystem();

    void silent();

    @WholeSystem
    void onlyWholeSystem();

    @Reads
    @Administers
    void twofold();
  }

  private static Caller caller(Scope scope, Role... roles) {
    return new Caller("ann", Set.of(roles), scope, false);
  }

  private static AccessRule rule(String method) {
    return found(method).orElseThrow();
  }

  private static Optional<AccessRule> found(String method) {
    return Arrays.stream(Handlers.class.getDeclaredMethods())
        .filter(each -> each.getName().equals(method))
        .findFirst()
        .flatMap(AccessRule::of);
  }
}
