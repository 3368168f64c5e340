package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.standalone.DatabasePasswords;
import dev.parley.standalone.EmbeddedDatabase;
import dev.parley.standalone.EmbeddedDatabase.Durability;
import dev.parley.testing.Newsroom;
import dev.parley.testing.PackagedParley;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal R4: the sign-in server is away at the start, comes, and goes. Figure of {@code -Dparley.fault.away} (seconds).
 */
class SignInDownFault {

    private static final Newsroom NEWSROOM = new Newsroom("signin", "signin-news", List.of("bridge"));
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("parley.fault.away", 60));
    private static final int UNKNOWN_KEYS = 300;

    /** Goal: one fetch in ten seconds. */
    private static final Duration FETCH_PAUSE = Duration.ofSeconds(10);

    @Test
    void readers_notice_nothing_and_who_is_signed_in_stays(@TempDir Path folder) throws Exception {
        var log = Files.createDirectories(Path.of("target")).resolve("fault-sign-in-down.log");
        Files.deleteIfExists(log);
        try (var signIn = new SignIn();
                var database =
                        EmbeddedDatabase.start(
                                folder.resolve("pg"), 0, DatabasePasswords.random(), Durability.KEPT, Map.of())) {
            var settings = Crew.settings(database, folder);
            settings.put("QUARKUS_OIDC_AUTH_SERVER_URL", signIn.issuer());
            try (var parley = new PackagedParley(settings, log);
                    var http = Crew.client()) {
                parley.start();
                try (var backup = database.asBackup()) {
                    NEWSROOM.seed(backup);
                }
                try (var crew = new Crew(parley, NEWSROOM, 2, 4)) {
                    crew.awaitTraffic(20);
                    int away = me(parley, http, signIn.token("somebody"));

                    signIn.start();
                    int valid = untilOk(parley, http, signIn.token("somebody"));
                    signIn.takeKeyFetches();
                    var began = Instant.now();
                    var unknown = new ArrayList<Integer>();
                    for (int i = 0; i < UNKNOWN_KEYS; i++) {
                        unknown.add(me(parley, http, signIn.strangersToken("unknown-" + i)));
                    }
                    var flood = Duration.between(began, Instant.now());
                    int fetched = signIn.takeKeyFetches();
                    int afterFlood = me(parley, http, signIn.token("somebody"));

                    signIn.close();
                    var gone = Instant.now();
                    var stillValid = new Calls();
                    while (Instant.now().isBefore(gone.plus(AWAY))) {
                        stillValid.send(http, request(parley, signIn.token("somebody")));
                        Thread.sleep(200);
                    }
                    crew.finish();
                    var reads = crew.reads().all();
                    System.out.printf(
                            "R4: started without the sign-in server; a token meanwhile got %d; with it %d; %d tokens of unknown keys in %.1f s"
                                    + " made %d fetches of keys (goal 1 in 10 s) and got %s; a valid one then %d; away again for %d s: %.1f %% of"
                                    + " %d calls with a valid token well; %.1f %% of %d reads and %d posts of the public API well%n",
                            away,
                            valid,
                            UNKNOWN_KEYS,
                            flood.toMillis() / 1e3,
                            fetched,
                            unknown.stream().distinct().toList(),
                            afterFlood,
                            AWAY.toSeconds(),
                            100 * Calls.share(stillValid.all(), status -> status == 200),
                            stillValid.all().size(),
                            100 * Calls.share(reads, status -> status == 200),
                            reads.size(),
                            crew.history().posts(dev.parley.testing.History.Outcome.OK).size());
                    assertThat(valid).isEqualTo(200);
                    assertThat(afterFlood).isEqualTo(200);
                    assertThat(unknown).containsOnly(401);
                    assertThat(fetched).isLessThanOrEqualTo(1 + (int) flood.dividedBy(FETCH_PAUSE));
                    assertThat(stillValid.all()).isNotEmpty().allMatch(call -> call.status() == 200);
                    assertThat(reads).isNotEmpty().allMatch(call -> call.status() == 200);
                    assertThat(crew.history().attempts()).allMatch(attempt -> attempt.http() < 300);
                    assertThat(away).isEqualTo(503);
                }
            }
        }
    }

    /** The first call after the server came may come within the pause between two attempts to reach it. */
    private static int untilOk(PackagedParley parley, HttpClient http, String token) throws Exception {
        int status = 0;
        for (int i = 0; i < 60 && status != 200; i++) {
            status = me(parley, http, token);
            Thread.sleep(250);
        }
        return status;
    }

    private static int me(PackagedParley parley, HttpClient http, String token) throws InterruptedException {
        return new Calls().send(http, request(parley, token)).status();
    }

    private static HttpRequest request(PackagedParley parley, String token) {
        return HttpRequest.newBuilder(URI.create(parley.address() + "/api/v1/me"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .build();
    }
}
