package dev.parley.moderation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.PlatformConfig;
import dev.parley.platform.TooManyRequests;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlagLimitsTest {

    @Test
    void a_network_that_reported_much_must_wait_and_others_need_not() {
        var limits = limits(Map.of());
        for (int i = 0; i < 3; i++) {
            limits.admit("gazette", InetAddress.ofLiteral("192.0.2." + (10 + i)));
        }

        assertThatThrownBy(() -> limits.admit("gazette", InetAddress.ofLiteral("192.0.2.77")))
                .isInstanceOfSatisfying(
                        TooManyRequests.class,
                        refused ->
                                org.assertj.core.api.Assertions.assertThat(refused.headers())
                                        .containsEntry("Retry-After", "200"));
        assertThatCode(() -> limits.admit("gazette", InetAddress.ofLiteral("192.0.3.77"))).doesNotThrowAnyException();
        assertThatCode(() -> limits.admit("herald", InetAddress.ofLiteral("192.0.2.77"))).doesNotThrowAnyException();
    }

    @Test
    void loopback_is_limited_unless_a_standalone_run_lifts_that() {
        var usual = limits(Map.of("parley.loopback-unlimited", "true"));
        var standalone = limits(Map.of("parley.loopback-unlimited", "true", "parley.standalone", "true"));
        for (int i = 0; i < 3; i++) {
            usual.admit("gazette", InetAddress.getLoopbackAddress());
            standalone.admit("gazette", InetAddress.getLoopbackAddress());
        }
        assertThatThrownBy(() -> usual.admit("gazette", InetAddress.getLoopbackAddress()))
                .isInstanceOf(TooManyRequests.class);
        assertThatCode(() -> standalone.admit("gazette", InetAddress.getLoopbackAddress())).doesNotThrowAnyException();
    }

    private static FlagLimits limits(Map<String, String> more) {
        var config =
                new SmallRyeConfigBuilder()
                        .withMapping(FlagConfig.class)
                        .withMapping(PlatformConfig.class)
                        .withValidateUnknown(false)
                        .withDefaultValue("parley.flags.sender-burst", "3")
                        .withDefaultValue("parley.flags.sender-period", "PT10M")
                        .withDefaultValue("parley.database.url", "jdbc:postgresql://127.0.0.1/none")
                        .withDefaultValue("parley.database.app-password", "x")
                        .withDefaultValue("parley.database.owner-password", "x")
                        .withDefaultValues(more)
                        .build();
        return new FlagLimits(config.getConfigMapping(FlagConfig.class), config.getConfigMapping(PlatformConfig.class));
    }
}
