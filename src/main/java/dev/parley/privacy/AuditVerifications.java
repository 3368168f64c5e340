package dev.parley.privacy;

import dev.parley.audit.AuditChain;
import dev.parley.platform.Frames;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;

/** Verifies the entered tenant's audit trail and signs what it found. It stands here, where the tenants' keys are. */
@ApplicationScoped
public class AuditVerifications {

    private final AuditChain chain;
    private final TenantKeys keys;
    private final TenantContext context;

    AuditVerifications(AuditChain chain, TenantKeys keys, TenantContext context) {
        this.chain = chain;
        this.keys = keys;
        this.context = context;
    }

    /** Recomputes the whole chain: takes time in proportion to the trail. */
    @Transactional
    public AuditVerification verify() {
        var check = chain.check();
        var head = check.head();
        return new AuditVerification(
                check.firstBroken() == null,
                check.sealed(),
                check.unsealed(),
                check.firstBroken(),
                head == null ? null : signed(head));
    }

    private AuditVerification.Head signed(AuditChain.Head head) {
        var ring = keys.mine();
        var base64 = Base64.getEncoder();
        try {
            byte[] signature = ring.audit().sign(statement(context.current(), head.seq(), head.hash()));
            return new AuditVerification.Head(
                    head.seq(),
                    HexFormat.of().formatHex(head.hash()),
                    base64.encodeToString(signature),
                    base64.encodeToString(ring.auditPublicKey()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The head of the audit chain could not be signed", e);
        }
    }

    /** The bytes that are signed. */
    static byte[] statement(String tenant, long seq, byte[] hash) {
        return Frames.of(Frames.bytes("parley-audit-head-1"), Frames.bytes(tenant), Frames.bytes(seq), hash);
    }
}
