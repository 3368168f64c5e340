package dev.parley.privacy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.signature.Ed25519Parameters;
import com.google.crypto.tink.signature.SignatureConfig;
import com.google.crypto.tink.subtle.AesGcmJce;
import dev.parley.platform.AfterCommit;
import dev.parley.platform.Frames;
import dev.parley.platform.MasterKey;
import dev.parley.tenant.TenantClosed;
import dev.parley.tenant.TenantContext;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;

/**
 * The keys of each tenant, wrapped by the master key in {@code tenant_keyset}, made when first asked for.
 *
 * <p>Unwrapped keys are kept in memory for a minute, so another replica uses the keys of a closed tenant for at most so
 * long. Closing a tenant deletes its keys but the one that signs its audit trail, which protects no personal data and
 * must still say that the trail, with the closing in it, is whole.
 */
@ApplicationScoped
class TenantKeys {

    /** What a key is for; no key serves two purposes. */
    enum Purpose {
        ADDRESS,
        LOOKUP,
        TOKEN,
        AUDIT
    }

    private static final Duration KEPT = Duration.ofMinutes(1);

    private final TenantContext context;
    private final AgroalDataSource dataSource;
    private final AfterCommit afterCommit;
    private final ErasureLog erasures;
    private final Clock clock;
    private final Aead wrapping;
    private final Cache<String, KeyRing> rings =
            Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(KEPT).build();

    TenantKeys(
            TenantContext context,
            AgroalDataSource dataSource,
            AfterCommit afterCommit,
            ErasureLog erasures,
            Clock clock,
            MasterKey master) {
        this.context = context;
        this.dataSource = dataSource;
        this.afterCommit = afterCommit;
        this.erasures = erasures;
        this.clock = clock;
        try {
            AeadConfig.register();
            MacConfig.register();
            SignatureConfig.register();
            this.wrapping = new AesGcmJce(master.derive("keyset"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keys can't be used on this Java", e);
        }
    }

    /** The keys of the entered tenant. */
    KeyRing mine() {
        String tenant = context.current();
        var known = rings.getIfPresent(tenant);
        if (known != null) {
            return known;
        }
        // Not loaded inside the cache: its lock would be held while waiting for a connection.
        var read = new KeyRing(read(tenant));
        var ring = read.isComplete() ? read : new KeyRing(made(tenant));
        rings.put(tenant, ring);
        return ring;
    }

    /** In the transaction that closes the tenant. Backups keep the wrapped keys until they expire. */
    void destroy(@Observes TenantClosed closed) {
        erasures.add(ErasureLog.Kind.TENANT, closed.tenant(), closed.tenant());
        try (var connection = dataSource.getConnection();
                var delete =
                        connection.prepareStatement(
                                "delete from tenant_keyset where tenant_id = ? and purpose <> 'AUDIT'")) {
            delete.setString(1, closed.tenant());
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The keys of a tenant could not be destroyed", e);
        }
        afterCommit.run(closed, () -> rings.invalidate(closed.tenant()));
    }

    /** In the caller's transaction, if there is one: needs no second connection. */
    private Map<Purpose, KeysetHandle> read(String tenant) {
        try (var connection = dataSource.getConnection()) {
            return read(connection, tenant);
        } catch (SQLException e) {
            throw new IllegalStateException("The keys of a tenant could not be read", e);
        }
    }

    /** In a transaction of its own: keys outlive the caller's rollback, since others may have used them by then. */
    private Map<Purpose, KeysetHandle> made(String tenant) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    try (var connection = dataSource.getConnection()) {
                        insert(connection, tenant);
                        return read(connection, tenant);
                    } catch (SQLException e) {
                        throw new IllegalStateException("The keys of a tenant could not be made", e);
                    }
                });
    }

    private void insert(Connection connection, String tenant) throws SQLException {
        // The share lock waits for a closing in progress: a closed tenant gets no new keys but for its trail.
        try (var insert =
                connection.prepareStatement(
                        "insert into tenant_keyset (tenant_id, purpose, wrapped, created_at)"
                                + " select t.id, ?, ?, ? from"
                                + " (select id from tenant where id = ?"
                                + " and (status <> 'CLOSED' or ? = 'AUDIT') for share) t"
                                + " on conflict do nothing")) {
            for (var purpose : Purpose.values()) {
                insert.setString(1, purpose.name());
                insert.setString(2, wrapped(tenant, purpose));
                insert.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
                insert.setString(4, tenant);
                insert.setString(5, purpose.name());
                insert.executeUpdate();
            }
        }
    }

    private Map<Purpose, KeysetHandle> read(Connection connection, String tenant) throws SQLException {
        var handles = new EnumMap<Purpose, KeysetHandle>(Purpose.class);
        try (var select =
                connection.prepareStatement("select purpose, wrapped from tenant_keyset where tenant_id = ?")) {
            select.setString(1, tenant);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var purpose = Purpose.valueOf(rows.getString(1));
                    handles.put(purpose, unwrapped(tenant, purpose, rows.getString(2)));
                }
            }
        }
        return handles;
    }

    private String wrapped(String tenant, Purpose purpose) {
        try {
            return TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
                    KeysetHandle.generateNew(parameters(purpose)), wrapping, label(tenant, purpose));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key could not be made: " + purpose, e);
        }
    }

    private KeysetHandle unwrapped(String tenant, Purpose purpose, String wrapped) {
        try {
            return TinkJsonProtoKeysetFormat.parseEncryptedKeyset(wrapped, wrapping, label(tenant, purpose));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "Key %s of tenant %s does not open: is this the right master key?".formatted(purpose, tenant), e);
        }
    }

    /** Binds a wrapped key to its tenant and purpose: in another row it does not open. */
    private static byte[] label(String tenant, Purpose purpose) {
        return Frames.of(Frames.bytes("keyset"), Frames.bytes(tenant), Frames.bytes(purpose.name()));
    }

    private static Parameters parameters(Purpose purpose) throws GeneralSecurityException {
        return switch (purpose) {
            case ADDRESS -> PredefinedAeadParameters.AES256_GCM;
            // Without Tink's prefix, so that equal input gives equal output: look-ups compare it.
            case LOOKUP, TOKEN ->
                    HmacParameters.builder()
                            .setKeySizeBytes(32)
                            .setTagSizeBytes(32)
                            .setHashType(HmacParameters.HashType.SHA256)
                            .setVariant(HmacParameters.Variant.NO_PREFIX)
                            .build();
            case AUDIT -> Ed25519Parameters.create(Ed25519Parameters.Variant.NO_PREFIX);
        };
    }
}
