package dev.parley.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
        for (var language : new String[] {"en", "ru", "fr"}) {
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
    void no_template_is_held_back_and_calm_talk_of_war_is_no_threat() throws IOException {
        var threat = Recipe.named(java.util.List.of("threat")).getFirst();
        var calm = OwnTemplates.all().stream().filter(one -> one.text().contains("ceasefire in")).toList();
        assertFalse(calm.isEmpty());
        for (var one : calm) {
            assertEquals(0, threat.share(one).orElseThrow());
            assertFalse(threat.isHeldBack(one));
        }
    }
}
