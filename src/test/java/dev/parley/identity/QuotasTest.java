package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.InvalidInput;
import dev.parley.platform.TooManyRequests;
import org.junit.jupiter.api.Test;

class QuotasTest {

    /** Ten texts a minute for a tenant. */
    private record Small(int perMinute, int mostPerMinute, int tenantPerMinute, int mostKeys) implements ApiKeyConfig {}

    @SuppressWarnings("NullAway") // the tenant is named in these calls
    private final Quotas quotas = new Quotas(new Small(6, 8, 10, 5), null);

    @Test
    void a_tenant_has_a_total_whichever_keys_it_uses() {
        quotas.take("gazette", "key a", 8, 6);
        assertThatThrownBy(() -> quotas.take("gazette", "key b", 8, 5)).isInstanceOf(TooManyRequests.class);
        // What the tenant's total refused is not taken from the key.
        quotas.take("gazette", "key b", 8, 4);
        assertThatThrownBy(() -> quotas.take("gazette", "key b", 8, 1)).isInstanceOf(TooManyRequests.class);

        assertThatCode(() -> quotas.take("herald", "key c", 8, 8)).doesNotThrowAnyException();
    }

    @Test
    void more_than_a_minute_holds_is_no_matter_of_waiting() {
        assertThatThrownBy(() -> quotas.take("gazette", "key d", 8, 9)).isInstanceOf(InvalidInput.class);
    }
}
