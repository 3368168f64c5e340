package dev.parley.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** On its own; in the running program it is tried by {@code LiveTest}. */
class ConnectionsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Connections connections = new Connections(2, registry);

    @Test
    void one_above_the_bound_is_closed_and_not_counted_until_another_one_ends() {
        var first = new EmbeddedChannel();
        var second = new EmbeddedChannel();
        var above = new EmbeddedChannel();
        assertThat(connections.admit(first)).isTrue();
        assertThat(connections.admit(second)).isTrue();

        assertThat(connections.admit(above)).isFalse();
        assertThat(above.isOpen()).isFalse();
        assertThat(first.isOpen()).isTrue();
        assertThat(registry.get("parley.connections").gauge().value()).isEqualTo(2);
        assertThat(registry.get("parley.connections.refused").counter().count()).isEqualTo(1);

        first.close();
        assertThat(registry.get("parley.connections").gauge().value()).isEqualTo(1);
        assertThat(connections.admit(new EmbeddedChannel())).isTrue();
    }
}
