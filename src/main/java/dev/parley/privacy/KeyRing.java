package dev.parley.privacy;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.PublicKeySign;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.signature.Ed25519PublicKey;
import dev.parley.platform.NotFound;
import dev.parley.privacy.TenantKeys.Purpose;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One tenant's keys, ready for use. Of a closed tenant only the one that signs is left. */
final class KeyRing {

    private final @Nullable Aead address;
    private final @Nullable Mac lookup;
    private final @Nullable Mac token;
    private final @Nullable PublicKeySign audit;
    private final byte[] auditPublicKey;

    KeyRing(Map<Purpose, KeysetHandle> handles) {
        try {
            this.address = primitive(handles.get(Purpose.ADDRESS), Aead.class);
            this.lookup = primitive(handles.get(Purpose.LOOKUP), Mac.class);
            this.token = primitive(handles.get(Purpose.TOKEN), Mac.class);
            var signing = handles.get(Purpose.AUDIT);
            this.audit = primitive(signing, PublicKeySign.class);
            this.auditPublicKey = signing == null ? new byte[0] : publicKey(signing);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A tenant's keys are not of the expected kinds", e);
        }
    }

    boolean isComplete() {
        return address != null && lookup != null && token != null && audit != null;
    }

    Aead address() {
        return present(address);
    }

    Mac lookup() {
        return present(lookup);
    }

    Mac token() {
        return present(token);
    }

    PublicKeySign audit() {
        return present(audit);
    }

    /** The 32 bytes of the Ed25519 key that verifies what {@link #audit} signs. */
    byte[] auditPublicKey() {
        return auditPublicKey.clone();
    }

    @Override
    public String toString() {
        return "<keys>";
    }

    private static <T> @Nullable T primitive(@Nullable KeysetHandle handle, Class<T> kind)
            throws GeneralSecurityException {
        return handle == null ? null : handle.getPrimitive(RegistryConfiguration.get(), kind);
    }

    @AccessesPartialKey
    private static byte[] publicKey(KeysetHandle signing) throws GeneralSecurityException {
        var key = (Ed25519PublicKey) signing.getPublicKeysetHandle().getPrimary().getKey();
        return key.getPublicKeyBytes().toByteArray();
    }

    /** A closed tenant answers as if it were not there. */
    private static <T> T present(@Nullable T key) {
        if (key == null) {
            throw new NotFound("tenant");
        }
        return key;
    }
}
