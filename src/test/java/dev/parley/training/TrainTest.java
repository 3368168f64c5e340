package dev.parley.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.scoring.ModelFile;
import dev.parley.scoring.WeightTable;
import dev.parley.text.Normaliser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
    private static final Recipe RECIPE =
            new Recipe("insult", List.of("en"), "test", List.of(), List.of(), Double.NaN, true);

    private static List<LabelledComment> comments() {
        var comments = new ArrayList<LabelledComment>();
        var kind =
                List.of("thank you for the report", "the bridge is fine", "good news for the town", "see you at noon");
        var rude = List.of("you stupid idiot", "what an idiot you are", "shut up you stupid liar", "idiot and liar");
        for (int i = 0; i < 40; i++) {
            comments.add(comment("k" + i, kind.get(i % 4) + " " + i, false));
            comments.add(comment("r" + i, rude.get(i % 4) + " " + i, true));
        }
        return comments;
    }

    private static LabelledComment comment(String id, String text, boolean insult) {
        return new LabelledComment(id, "jigsaw6", "en", text, Map.of("insult", insult), Double.NaN);
    }

    @Test
    void a_model_when_trained_twice_is_the_same_file_and_tells_rude_from_kind() throws IOException {
        var first = Trainer.train(RECIPE, comments(), List.of()).model().write();
        var second = Trainer.train(RECIPE, comments(), List.of()).model().write();

        assertArrayEquals(first, second);
        var table = new WeightTable(List.of(ModelFile.read(first)));
        assertTrue(
                table.raw(Normaliser.normalise("you are a stupid liar"))[0]
                        > table.raw(Normaliser.normalise("thank you for the good news"))[0]);
    }

    @Test
    void training_when_the_data_is_missing_says_so_and_ends_with_two(@TempDir Path empty) throws IOException {
        assertEquals(2, Train.run("--data", empty.toString(), "--out", empty.toString(), "toxicity"));
        assertEquals(2, Train.run("--data", empty.toString(), "no-such-attribute"));
    }
}
