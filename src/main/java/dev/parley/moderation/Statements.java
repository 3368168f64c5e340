package dev.parley.moderation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.parley.comment.CommentStatus;
import dev.parley.platform.Ids;
import dev.parley.platform.Json;
import dev.parley.platform.Pipeline;
import dev.parley.tenant.TenantContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What commenters are told about restrictions. */
@ApplicationScoped
public class Statements {

    /** A statement of reasons: names no moderator and no score. */
    public record StatementView(
            UUID id,
            int revision,
            CommentStatus restriction,
            List<PublicReason> reasons,
            boolean automated,
            Instant createdAt) {}

    private static final TypeReference<List<PublicReason>> REASONS = new TypeReference<>() {};

    private final StatementRepository repository;
    private final Pipeline pipeline;
    private final Json json;
    private final TenantContext context;
    private final Clock clock;

    Statements(StatementRepository repository, Pipeline pipeline, Json json, TenantContext context, Clock clock) {
        this.repository = repository;
        this.pipeline = pipeline;
        this.json = json;
        this.context = context;
        this.clock = clock;
    }

    /** Writes a statement in the transaction that restricts. */
    @Transactional(TxType.MANDATORY)
    public UUID add(
            UUID comment, int revision, CommentStatus restriction, List<PublicReason> reasons, boolean automated) {
        var id = Ids.next();
        pipeline.send(
                "insert into statement (tenant_id, id, comment_id, revision, restriction, reasons, automated, created_at)"
                        + " values (?, ?, ?, ?, ?, cast(? as jsonb), ?, ?)",
                context.current(),
                id,
                comment,
                revision,
                restriction,
                json.write(reasons),
                automated,
                clock.instant());
        return id;
    }

    /** All statements about a comment, oldest first. */
    @Transactional
    public List<StatementView> about(UUID comment) {
        return repository.list("commentId = ?1 order by id", comment).stream().map(this::view).toList();
    }

    /** All statements about some comments, each comment's oldest first. */
    @Transactional
    public Map<UUID, List<StatementView>> about(Collection<UUID> comments) {
        return repository.list("commentId in ?1 order by id", comments).stream()
                .collect(groupingBy(s -> s.commentId, mapping(this::view, toList())));
    }

    private StatementView view(Statement s) {
        return new StatementView(
                s.id, s.revision, s.restriction, json.read(s.reasons, REASONS), s.automated, s.createdAt);
    }
}
