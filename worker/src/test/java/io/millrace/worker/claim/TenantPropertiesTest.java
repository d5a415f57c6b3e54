package io.millrace.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenantPropertiesTest {

  private final TenantProperties tenants =
      new TenantProperties("default", Map.of("billing", "acme"), Set.of("gateway"));

  @Test
  void takesTheTenantOfTheUserThatTheBrokerVouchesFor() {
    assertThat(tenants.tenantOf("billing", null)).contains("acme");
    assertThat(tenants.tenantOf("billing", "acme")).contains("acme");
  }

  @Test
  void letsOnlySpokesmenNameATenant() {
    assertThat(tenants.tenantOf("gateway", "globex")).contains("globex");
    assertThat(tenants.tenantOf("billing", "globex")).isEmpty();
    assertThat(tenants.tenantOf(null, "globex")).isEmpty();
  }

  @Test
  void fallsBackToTheDefaultTenantIfThereIsOne() {
    assertThat(tenants.tenantOf(null, null)).contains("default");
    assertThat(tenants.tenantOf("stranger", null)).contains("default");
    assertThat(new TenantProperties("", Map.of(), Set.of()).tenantOf("stranger", null)).isEmpty();
  }

  @Test
  void letsEverybodySpeakWhereConfigured() {
    TenantProperties open = new TenantProperties("", Map.of(), Set.of("*"));

    assertThat(open.tenantOf(null, "globex")).contains("globex");
  }
}
