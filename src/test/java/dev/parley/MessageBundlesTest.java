package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every page speaks every language: a text that one of them lacks would be shown in English there, and Qute says so in
 * the log only.
 */
class MessageBundlesTest {

    /** English stands in the interfaces. */
    private static final List<String> OTHER_LANGUAGES = List.of("de", "ar");

    private static final List<Class<?>> BUNDLES =
            new ClassFileImporter()
                            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                            .importPackages("dev.parley")
                            .stream()
                            .filter(type -> type.isAnnotatedWith(MessageBundle.class))
                            .map(JavaClass::reflect)
                            .collect(Collectors.toList());

    @Test
    void the_bundles_are_found() {
        assertThat(BUNDLES).extracting(MessageBundlesTest::name).contains("widget");
    }

    @TestFactory
    Stream<DynamicTest> every_text_is_there_in_every_language() {
        return BUNDLES.stream()
                .flatMap(bundle ->
                        OTHER_LANGUAGES.stream()
                                .map(language ->
                                        DynamicTest.dynamicTest(
                                                name(bundle) + " " + language, () -> compare(bundle, language))));
    }

    private static void compare(Class<?> bundle, String language) throws IOException {
        var file = "/messages/%s_%s.properties".formatted(name(bundle), language);
        var texts = new Properties();
        try (var stream = MessageBundlesTest.class.getResourceAsStream(file)) {
            assertThat(stream).as(file).isNotNull();
            texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        Map<String, Method> wanted =
                Arrays.stream(bundle.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Message.class))
                        .collect(Collectors.toMap(MessageBundlesTest::key, Function.identity()));
        assertThat(wanted).isNotEmpty();
        assertThat(texts.stringPropertyNames()).as(file).containsExactlyInAnyOrderElementsOf(wanted.keySet());
        var wrong = new ArrayList<String>();
        wanted.forEach((key, method) -> {
            var text = texts.getProperty(key);
            if (text.isBlank()) {
                wrong.add(key + " is empty");
            }
            for (var parameter : method.getParameters()) {
                if (english(method).contains("{" + parameter.getName() + "}") && !mentions(text, parameter)) {
                    wrong.add(key + " does not say its " + parameter.getName());
                }
            }
        });
        assertThat(wrong).as(file).isEmpty();
    }

    private static String english(Method method) {
        return method.getAnnotation(Message.class).value();
    }

    private static boolean mentions(String text, Parameter parameter) {
        return Pattern.compile("\\{[^}]*\\b" + Pattern.quote(parameter.getName()) + "\\b").matcher(text).find();
    }

    private static String name(Class<?> bundle) {
        var name = bundle.getAnnotation(MessageBundle.class).value();
        return name.equals(MessageBundle.DEFAULTED_NAME) ? MessageBundle.DEFAULT_NAME : name;
    }

    private static String key(Method method) {
        var key = method.getAnnotation(Message.class).key();
        return key.equals(Message.DEFAULT_NAME) || key.equals(Message.ELEMENT_NAME) ? method.getName() : key;
    }
}
