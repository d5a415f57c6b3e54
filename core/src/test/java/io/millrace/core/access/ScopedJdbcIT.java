package io.millrace.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.MigratedDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScopedJdbcIT {

  private static final MigratedDatabase DATABASE = MigratedDatabase.fresh();

  @BeforeAll
  static void fill() {
    DATABASE
        .jdbc()
        .sql(
            """
            CREATE TABLE thing AS SELECT * FROM (VALUES
              ('acme', 'loan.amortize'), ('acme', 'loan'), ('acme', 'loans.x'), ('acme', 'a_b.c'),
              ('zebra', 'loan.amortize'), (NULL, NULL), ('%', 'loan.x')) AS t (tenant, type)
            """)
        .update();
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void findsWhatIsInTheScope() {
    assertThat(found(Scope.WHOLE_SYSTEM)).hasSize(7);
    assertThat(found(Scope.NOTHING)).isEmpty();
    assertThat(found(Scope.ofTenants("acme")))
        .containsExactly("acme a_b.c", "acme loan", "acme loan.amortize", "acme loans.x");
    assertThat(found(of("loan.*"))).containsExactly("acme loan.amortize");
    assertThat(found(of("loan", "loans.*"))).containsExactly("acme loan", "acme loans.x");
    assertThat(found(new Scope(Allowed.all(), Allowed.only(new TypePattern("loan.*")))))
        .containsExactly("% loan.x", "acme loan.amortize", "zebra loan.amortize");
  }

  @Test
  void takesNamesAsTheyAre() {
    assertThat(found(Scope.ofTenants("%"))).containsExactly("% loan.x");
    assertThat(found(Scope.ofTenants("acme' OR true --", "{acme}", "a,c"))).isEmpty();
    assertThat(found(of("a-b.*"))).isEmpty();
  }

  private static Scope of(String... types) {
    return new Scope(
        Allowed.only("acme"),
        new Allowed.Only<>(Arrays.stream(types).map(TypePattern::new).collect(Collectors.toSet())));
  }

  private static List<String> found(Scope scope) {
    return new ScopedJdbc(DATABASE.jdbc())
        .sql(scope, "SELECT concat(t.tenant, ' ', t.type) FROM thing t WHERE {scope:t} ORDER BY 1")
        .query((row, _) -> row.getString(1))
        .list();
  }
}
