package io.millrace.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScopedJdbcTest {

  private static final Scope LOANS_OF_ACME =
      new Scope(Allowed.only("acme"), Allowed.only(new TypePattern("loan.*")));

  @Test
  void putsTheConditionWhereTheMarkerIs() {
    assertThat(ScopedJdbc.text(LOANS_OF_ACME, "SELECT 1 FROM job WHERE {scope} AND a"))
        .isEqualTo(
            "SELECT 1 FROM job WHERE (tenant = ANY (:scopeTenants::text[]) AND "
                + "(type = ANY (:scopeTypes::text[]) OR type ^@ ANY (:scopePrefixes::text[]))) AND a");
    assertThat(ScopedJdbc.text(Scope.ofTenants("acme"), "{scope:j} {scope:k} {tenant} {tenant:e}"))
        .isEqualTo(
            "(j.tenant = ANY (:scopeTenants::text[]) AND true) (k.tenant = ANY (:scopeTenants::text[]) AND true) "
                + "(tenant = ANY (:scopeTenants::text[])) (e.tenant = ANY (:scopeTenants::text[]))");
  }

  @Test
  void leavesOutWhatHoldsAnyway() {
    assertThat(ScopedJdbc.text(Scope.WHOLE_SYSTEM, "{scope:j}")).isEqualTo("(true AND true)");
  }

  @Test
  void refusesSqlWithoutAMarker() {
    for (String sql : new String[] {"SELECT 1 FROM job", "{scope:1}", "{Scope}", "{scope:j;}"}) {
      assertThatThrownBy(() -> ScopedJdbc.text(Scope.WHOLE_SYSTEM, sql))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has no {scope}");
    }
  }

  @Test
  void neverTakesTextFromAScope() {
    Scope hostile = Scope.ofTenants("x' OR true --");

    assertThat(ScopedJdbc.text(hostile, "WHERE {scope}")).doesNotContain("OR true");
  }
}
