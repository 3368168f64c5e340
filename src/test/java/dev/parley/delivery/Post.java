package dev.parley.delivery;

import dev.parley.outbox.Relay;
import dev.parley.tenant.TenantContext;
import dev.parley.testing.PostgresResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Calls the jobs of the mails by hand, and looks into their table. */
@ApplicationScoped
public class Post {

    /** A row of the table. */
    public record Row(UUID id, String kind, int attempts, String lastError, String outcome, boolean dueLater) {}

    private final Relay relay;
    private final Sender sender;
    private final Transport transport;
    private final TenantContext context;

    Post(Relay relay, Sender sender, Transport transport, TenantContext context) {
        this.relay = relay;
        this.sender = sender;
        this.transport = transport;
        this.context = context;
    }

    /** Relays a tenant's events and sends its mails that are due. */
    Sender.Round go(String tenant) {
        return context.call(
                tenant,
                () -> {
                    while (relay.deliver(tenant) == Relay.Again.AT_ONCE) {
                        // The next batch.
                    }
                    var round = sender.send();
                    while (round == Sender.Round.MORE) {
                        round = sender.send();
                    }
                    return round;
                });
    }

    /** As {@link #go}, for other packages. */
    public void deliver(String tenant) {
        go(tenant);
    }

    /** Relays a tenant's events and sends nothing. */
    public void relay(String tenant) {
        context.run(
                tenant,
                () -> {
                    while (relay.deliver(tenant) == Relay.Again.AT_ONCE) {
                        // The next batch.
                    }
                });
    }

    /** Claims a mail and sends it, but dies before it is marked. */
    void sendAndDie(String tenant, UUID mail) {
        context.run(
                tenant,
                () -> {
                    var claimed = sender.claim(mail).orElseThrow();
                    try {
                        transport.send(claimed.letter(), claimed.recipient());
                    } catch (NotSent e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    Optional<Sender.Claimed> claim(String tenant, UUID mail) {
        return context.call(tenant, () -> sender.claim(mail));
    }

    /** The mails to whom wrote that comment, oldest first. */
    public List<Row> rows(String comment) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var select =
                        connection.prepareStatement(
                                "select m.id, m.kind, m.attempts, coalesce(m.last_error, ''), coalesce(m.outcome, ''),"
                                        + " m.due_at > now() from mail m join comment c on c.tenant_id = m.tenant_id"
                                        + " and c.commenter_id = m.commenter_id"
                                        + " where c.id = cast(? as uuid) order by m.id")) {
            select.setString(1, comment);
            var found = new ArrayList<Row>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(
                            new Row(
                                    rows.getObject(1, UUID.class),
                                    rows.getString(2),
                                    rows.getInt(3),
                                    rows.getString(4),
                                    rows.getString(5),
                                    rows.getBoolean(6)));
                }
            }
            return found;
        }
    }

    /** Lets the time pass for which mails wait. */
    public void makeDue() throws SQLException {
        run("update mail set due_at = now() - interval '1 second' where outcome is null");
    }

    /** Lets what was mailed, be it to whomever, have been mailed longer ago. */
    public void age(String interval) throws SQLException {
        run(
                "update mail set created_at = created_at - interval '%1$s', ended_at = ended_at - interval '%1$s'"
                        .formatted(interval));
    }

    /** What the mailed link does, without the page behind it, for a commenter who asked for mails. */
    public void prove(String comment) throws SQLException {
        run(
                "update commenter set verified_at = now(), mails = true where (tenant_id, id) in"
                        + " (select tenant_id, commenter_id from comment where id = '"
                        + UUID.fromString(comment)
                        + "')");
    }

    public void run(String sql) throws SQLException {
        try (var connection = PostgresResource.asBackup();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
