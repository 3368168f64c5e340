package dev.parley.policy;

import dev.parley.identity.Entitled;
import dev.parley.identity.Role;
import dev.parley.text.Normaliser;
import dev.parley.text.WordList;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/** Tries words on a text, for a tenant's admins. Keeps neither. */
@Path("/api/v1/tenants/{tenant}/word-lists/checks")
@Authenticated
@RunOnVirtualThread
class WordListResource {

    /** More would tell nothing more. */
    private static final int MOST = 1_000;

    /** Words and phrases, and a text to find them in. */
    public record WordListCheck(
            @NotNull @Size(max = 2000) List<@NotNull @Size(min = 1, max = 100) String> words,
            @NotNull @Size(max = 10_000) String text) {}

    /** What was found, whatever disguise it wears, at most a thousand places. */
    public record WordListMatches(List<Match> matches) {}

    /**
     * A place.
     *
     * @param start in UTF-16 units of the text
     * @param end exclusive
     */
    public record Match(String entry, int start, int end) {}

    @POST
    @Entitled(Role.ADMIN)
    public WordListMatches check(@PathParam("tenant") String tenant, @NotNull @Valid WordListCheck check) {
        return new WordListMatches(
                WordList.of(check.words()).find(Normaliser.normalise(check.text())).stream()
                        .limit(MOST)
                        .map(match -> new Match(match.entry(), match.start(), match.end()))
                        .toList());
    }
}
