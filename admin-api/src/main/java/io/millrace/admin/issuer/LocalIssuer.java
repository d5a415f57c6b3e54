package io.millrace.admin.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.admin.access.Role;
import io.millrace.core.Bounds;
import io.millrace.core.InvalidSettingException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Mints tokens with a key that is kept in a file, which only its owner may read. Whoever can read
 * it may do everything, as with the database's password beside it.
 */
public final class LocalIssuer {

  /** What its tokens name as their issuer. */
  public static final String NAME = "urn:millrace:local";

  /** Whom they are for. */
  public static final String AUDIENCE = "millrace";

  /** Whom a {@link #ticket} is for. */
  public static final String TICKETS = "millrace-dashboard";

  private static final Duration TICKET = Duration.ofMinutes(1);

  /** How long a token may be good. */
  public static final Duration LONGEST = Duration.ofDays(30);

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final ECKey key;

  private LocalIssuer(ECKey key) {
    this.key = key;
  }

  /**
   * The issuer with the key in {@code file}, which is made if it is not there.
   *
   * @throws InvalidSettingException if it cannot be read or made, or others may read it
   */
  public static LocalIssuer at(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      requireOwnerOnly(file);
      return new LocalIssuer(ECKey.parse(Files.readString(file)));
    } catch (IOException e) {
      throw unusable(
          file,
          "cannot be read or written: " + e,
          "Set MILLRACE_SECURITY_LOCALISSUER to a file that can");
    } catch (ParseException e) {
      throw unusable(
          file,
          "holds no key",
          "Delete it: the next start makes another, and no token of the old one is accepted any more");
    }
  }

  /** Whether {@link #at} would find a key that this process may read. */
  public static boolean isAt(Path file) {
    return Files.isReadable(file);
  }

  /** What its tokens are checked with. */
  public ECKey publicKey() {
    return key.toPublicJWK();
  }

  /**
   * A token.
   *
   * @param now in the precision of seconds
   * @param validity 1 s to {@link #LONGEST}
   */
  public String mint(Grant grant, Instant now, Duration validity) {
    return mint(grant, AUDIENCE, now, validity);
  }

  /** What somebody logs in to the dashboard with, once and within a minute. */
  public String ticket(Grant grant, Instant now) {
    return mint(grant, TICKETS, now, TICKET);
  }

  private String mint(Grant grant, String audience, Instant now, Duration validity) {
    Bounds.require("the validity of a token", validity, Duration.ofSeconds(1), LONGEST);
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(NAME)
            .audience(audience)
            .subject(grant.subject())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(validity)))
            .claim("roles", grant.roles().stream().map(Role::label).toList())
            .claim("tenants", grant.tenants())
            .claim("types", grant.types());
    if (grant.readsPayloads()) {
      claims.claim("scope", "millrace:payloads");
    }
    try {
      SignedJWT token = new SignedJWT(header(), claims.build());
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the key of the local issuer signs nothing", e);
    }
  }

  private JWSHeader header() {
    return new JWSHeader.Builder(JWSAlgorithm.ES256)
        .type(JOSEObjectType.JWT)
        .keyID(key.getKeyID())
        .build();
  }

  /** Whoever comes second takes the key of whoever came first, never half of it. */
  private static void create(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path fresh = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      Files.createFile(fresh, isPosix(file) ? ownerOnly() : new FileAttribute<?>[0]);
      Files.writeString(fresh, newKey().toJSONString());
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException _) {
      // Somebody else has just made it.
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("this JVM makes no keys of the curve P-256", e);
    }
  }

  private static void requireOwnerOnly(Path file) throws IOException {
    if (isPosix(file) && !OWNER.containsAll(Files.getPosixFilePermissions(file))) {
      throw unusable(
          file, "may be read by others, and with it everything can be done", "chmod 600 " + file);
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] ownerOnly() {
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)};
  }

  private static InvalidSettingException unusable(Path file, String why, String action) {
    return new InvalidSettingException(
        "the key of the local issuer, %s, %s".formatted(file, why), action);
  }
}
