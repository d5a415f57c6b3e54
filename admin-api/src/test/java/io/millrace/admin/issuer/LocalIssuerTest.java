package io.millrace.admin.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.admin.access.Role;
import io.millrace.core.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalIssuerTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Grant GRANT =
      new Grant("ann", List.of(Role.OPERATOR), List.of("acme"), List.of("loan.*"), true);

  @TempDir private Path folder;

  @Test
  void makesAKeyThatOnlyItsOwnerMayReadAndKeepsIt() throws Exception {
    Path file = folder.resolve("below/issuer.jwk");

    LocalIssuer first = LocalIssuer.at(file);
    LocalIssuer again = LocalIssuer.at(file);

    assertThat(again.publicKey()).isEqualTo(first.publicKey());
    assertThat(first.publicKey().isPrivate()).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder.resolve("below"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void hasOneKeyHoweverManyStartAtOnce() {
    Path file = folder.resolve("issuer.jwk");
    Set<Object> keys = ConcurrentHashMap.newKeySet();

    IntStream.range(0, 8).parallel().forEach(_ -> keys.add(LocalIssuer.at(file).publicKey()));

    assertThat(keys).hasSize(1);
  }

  @Test
  void mintsWhatItIsToldTo() throws Exception {
    LocalIssuer issuer = LocalIssuer.at(folder.resolve("issuer.jwk"));

    SignedJWT token = SignedJWT.parse(issuer.mint(GRANT, NOW, Duration.ofHours(1)));

    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertThat(token.verify(new ECDSAVerifier(issuer.publicKey()))).isTrue();
    assertThat(claims.getIssuer()).isEqualTo("urn:millrace:local");
    assertThat(claims.getAudience()).containsExactly("millrace");
    assertThat(claims.getSubject()).isEqualTo("ann");
    assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plusSeconds(3600)));
    assertThat(claims.getStringListClaim("roles")).containsExactly("operator");
    assertThat(claims.getStringListClaim("tenants")).containsExactly("acme");
    assertThat(claims.getStringListClaim("types")).containsExactly("loan.*");
    assertThat(claims.getStringClaim("scope")).isEqualTo("millrace:payloads");
  }

  @Test
  void mintsNothingForEver() {
    LocalIssuer issuer = LocalIssuer.at(folder.resolve("issuer.jwk"));

    assertThatThrownBy(() -> issuer.mint(GRANT, NOW, Duration.ofDays(31)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> issuer.mint(GRANT, NOW, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAKeyThatOthersMayReadOrThatIsNone() throws Exception {
    Path open = folder.resolve("open.jwk");
    LocalIssuer.at(open);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
    Path broken = folder.resolve("broken.jwk");
    LocalIssuer.at(broken);
    Files.writeString(broken, "{}");

    assertThatThrownBy(() -> LocalIssuer.at(open))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("may be read by others");
    assertThatThrownBy(() -> LocalIssuer.at(broken))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("holds no key");
  }
}
