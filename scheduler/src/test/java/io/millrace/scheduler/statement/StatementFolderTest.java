package io.millrace.scheduler.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StatementFolderTest {

  @Test
  void keepsPlainNames() {
    assertThat(List.of("acme", "acme-2_eu", "7"))
        .allMatch(tenant -> StatementFolder.nameOf(tenant).equals(tenant));
  }

  @Test
  void leavesTheFolderForNoName() {
    assertThat(List.of("../../etc/passwd", "..", ".", "a/b", "a\\b", "C:", ".hidden", "con.txt"))
        .allSatisfy(
            tenant ->
                assertThat(StatementFolder.nameOf(tenant))
                    .matches("[a-z0-9_-]{1,60}~[0-9a-f]{16}"));
  }

  @Test
  void tellsApartWhatDiffersInCapitalsOrInSignsOnly() {
    List<String> tenants =
        List.of("acme", "Acme", "ACME", "acme.eu", "acme-eu", "acme eu", "é", "è", "x".repeat(200));

    assertThat(tenants.stream().map(StatementFolder::nameOf).collect(Collectors.toSet()))
        .hasSameSizeAs(tenants)
        .allMatch(name -> name.length() <= 100);
  }
}
