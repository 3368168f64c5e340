package dev.parley.platform;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the door does is in {@code LiveTest} and {@code AttackTest}. */
class DoorwayTest {

    private static Doorway with(String deadline) {
        var config =
                new SmallRyeConfigBuilder()
                        .withMapping(PlatformConfig.class)
                        .withDefaultValue("parley.body-deadline", deadline)
                        .withDefaultValue("parley.database.url", "jdbc:postgresql://127.0.0.1/none")
                        .withDefaultValue("parley.database.app-password", "x")
                        .build();
        return new Doorway(new MemorySize(BigInteger.TWO), config.getConfigMapping(PlatformConfig.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-20S", "PT0.0001S"})
    void a_deadline_that_no_body_can_meet_stops_the_start(String deadline) {
        assertThrows(IllegalArgumentException.class, () -> with(deadline));
    }

    @Test
    void a_short_deadline_is_one() {
        assertDoesNotThrow(() -> with("PT0.001S"));
    }
}
