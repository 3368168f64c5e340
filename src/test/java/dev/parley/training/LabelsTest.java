package dev.parley.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelsTest {

    /** Else what was suggested would train nothing. */
    @Test
    void an_attribute_has_the_label_that_its_recipe_reads() {
        assertThat(Recipe.ALL)
                .isNotEmpty()
                .allSatisfy(recipe -> assertThat(Labels.labelOf(recipe.attribute())).contains(recipe.label()));
        assertThat(Labels.labelOf("flirtation")).isEmpty();
    }
}
