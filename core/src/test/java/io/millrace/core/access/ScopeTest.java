package io.millrace.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScopeTest {

  private static final Scope LOANS_OF_ACME =
      new Scope(
          Allowed.only("acme"), Allowed.only(new TypePattern("loan.*"), new TypePattern("a")));

  @Test
  void includesWhatIsOfItsTenantsAndOfItsTypes() {
    assertThat(LOANS_OF_ACME.includes("acme", "loan.amortize")).isTrue();
    assertThat(LOANS_OF_ACME.includes("acme", "a")).isTrue();
    assertThat(LOANS_OF_ACME.includes("acme", "a.b")).isFalse();
    assertThat(LOANS_OF_ACME.includes("zebra", "loan.amortize")).isFalse();
    assertThat(LOANS_OF_ACME.includesTenant("acme")).isTrue();
    assertThat(LOANS_OF_ACME.includesTenant("zebra")).isFalse();
  }

  @Test
  void isTheWholeSystemOnlyIfNothingIsOutside() {
    assertThat(Scope.WHOLE_SYSTEM.isWholeSystem()).isTrue();
    assertThat(Scope.WHOLE_SYSTEM.includes("acme", "a")).isTrue();
    assertThat(Scope.ofTenants("acme").isWholeSystem()).isFalse();
    assertThat(new Scope(Allowed.all(), Allowed.only(new TypePattern("a"))).isWholeSystem())
        .isFalse();
  }

  @Test
  void canBeEmpty() {
    assertThat(Scope.NOTHING.includes("acme", "a")).isFalse();
    assertThat(Scope.NOTHING.includesTenant("acme")).isFalse();
    assertThat(Scope.NOTHING.isWholeSystem()).isFalse();
  }
}
