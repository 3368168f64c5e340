package dev.parley.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnTemplatesTest {
    @Test
    void frames_are_filled_the_same_way_each_time_and_each_text_is_there_once() throws IOException {
        var all = OwnTemplates.all();
        assertEquals(all, OwnTemplates.all());
        assertEquals(all.size(), all.stream().map(LabelledComment::text).distinct().count());
        assertTrue(all.size() > 1_000, "only " + all.size());
        for (var one : all) {
            assertFalse(one.text().contains("{"), one.text());
            assertFalse(one.labels().isEmpty(), one.text());
        }
    }

    @Test
    void toxic_and_calm_texts_are_both_there_in_each_language() throws IOException {
        for (var language : new String[] {"en", "ru", "fr", "de", "pt"}) {
            var its = OwnTemplates.all().stream().filter(one -> one.language().equals(language)).toList();
            assertTrue(its.stream().filter(one -> one.is("toxic")).count() > 200, language);
            assertTrue(its.stream().filter(one -> one.isNot("toxic")).count() > 200, language);
        }
    }

    @Test
    void hate_and_its_absence_are_both_there_about_the_same_people() throws IOException {
        var all = OwnTemplates.all();
        for (var group : new String[] {"women", "Muslims", "refugees", "gay people", "Ukrainians"}) {
            var about = all.stream().filter(one -> one.text().contains(group)).toList();
            assertTrue(about.stream().anyMatch(one -> one.is("identity")), group);
            assertTrue(about.stream().anyMatch(one -> one.isNot("identity")), group);
        }
    }

    @Test
    void calm_talk_of_war_is_no_threat() throws IOException {
        var threat = recipe("threat");
        var calm = OwnTemplates.all().stream().filter(one -> one.text().contains("ceasefire in")).toList();
        assertFalse(calm.isEmpty());
        for (var one : calm) assertEquals(0, threat.share(one).orElseThrow());
    }

    @Test
    void templates_count_more_and_calibrate_too_where_the_files_are_of_hate() throws IOException {
        var english = OwnTemplates.all().stream().filter(one -> one.language().equals("en")).toList();
        for (var attribute : new String[] {"threat", "identity_attack"}) {
            var recipe = recipe(attribute);
            long heldBack = english.stream().filter(recipe::isHeldBack).count();
            assertTrue(heldBack > english.size() / 8 && heldBack < english.size() / 3, attribute + " " + heldBack);
            for (var one : english) assertEquals(.75, recipe.weight(one));
        }
        for (var one : english) {
            assertFalse(recipe("toxicity").isHeldBack(one));
            assertEquals(.125, recipe("toxicity").weight(one));
        }
    }

    @Test
    void what_was_written_to_fool_a_model_calibrates_none() {
        var adversarial =
                new LabelledComment("hatemoji-1", "hatemoji", "en", "a text", Map.of("identity", true), Double.NaN);
        assertFalse(recipe("identity_attack").calibrates(adversarial));
        for (int i = 0; i < 20; i++) {
            var one = new LabelledComment("hatemoji-" + i, "hatemoji", "en", "a", Map.of("identity", true), Double.NaN);
            assertFalse(recipe("identity_attack").isHeldBack(one));
        }
    }

    private static Recipe recipe(String attribute) {
        return Recipe.named(List.of(attribute)).getFirst();
    }
}
