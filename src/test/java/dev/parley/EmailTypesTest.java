package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.privacy.EmailAddress;
import dev.parley.privacy.RevealedEmail;
import dev.parley.testing.Operations;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.junit.jupiter.api.Test;

/** No type that leaves the program has a place for an address, but the answer of the reveal. */
class EmailTypesTest {

    private static final Pattern TELLING =
            Pattern.compile("(?i).*(e?mail|address|look_?up|sealed|gravatar|hash|digest).*");

    /** The one place of an address, and words that sound like one. */
    private static final Set<String> ALLOWED =
            Set.of(
                    "dev.parley.moderation.CommenterResource$Reveal.address",
                    // How many entries of the audit trail the chain holds, and its last link.
                    "dev.parley.privacy.AuditVerification.sealed",
                    "dev.parley.privacy.AuditVerification.unsealed",
                    "dev.parley.privacy.AuditVerification$Head.hash",
                    // Yes or no, for staff.
                    "dev.parley.comment.CommenterView.mails",
                    "dev.parley.policy.Signals.addressBanned",
                    // where a publisher's own program listens
                    "dev.parley.delivery.WebhookView.address");

    @Test
    void no_answer_has_a_member_for_an_address() {
        Set<Class<?>> seen = new LinkedHashSet<>();
        List<String> found = new ArrayList<>();
        for (var operation : Operations.ALL) {
            walk(operation.method().getGenericReturnType(), seen, found);
            for (var answer : operation.method().getAnnotationsByType(APIResponse.class)) {
                for (var content : answer.content()) {
                    walk(content.schema().implementation(), seen, found);
                }
            }
        }

        System.out.printf("Email types: %d operations, %d types of answers%n", Operations.ALL.size(), seen.size());
        assertThat(Operations.ALL).hasSizeGreaterThan(30);
        assertThat(seen.stream().map(Class::getSimpleName))
                .contains(
                        "ThreadView",
                        "CommentView",
                        "Receipt",
                        "QueueItemView",
                        "CommentRecord",
                        "RecentView",
                        "Reveal",
                        "AuditEntryView");
        assertThat(found).containsExactlyInAnyOrderElementsOf(ALLOWED);
    }

    /** What becomes JSON is a record, so that its members are all that can be said. */
    private static void walk(Type type, Set<Class<?>> seen, List<String> found) {
        switch (type) {
            case ParameterizedType generic -> {
                walk(generic.getRawType(), seen, found);
                for (var argument : generic.getActualTypeArguments()) {
                    walk(argument, seen, found);
                }
            }
            case WildcardType wild -> walk(wild.getUpperBounds()[0], seen, found);
            case GenericArrayType array -> walk(array.getGenericComponentType(), seen, found);
            case Class<?> known when known.getName().startsWith("dev.parley.") && seen.add(known) ->
                    members(known, seen, found);
            default -> {}
        }
    }

    private static void members(Class<?> type, Set<Class<?>> seen, List<String> found) {
        assertThat(type).isNotEqualTo(EmailAddress.class).isNotEqualTo(RevealedEmail.class);
        assertThat(type.isRecord() || type.isEnum() || type.isSealed()).as("%s is a record", type).isTrue();
        if (type.isRecord()) {
            for (var component : type.getRecordComponents()) {
                if (TELLING.matcher(component.getName()).matches()) {
                    found.add(type.getName() + "." + component.getName());
                }
                walk(component.getGenericType(), seen, found);
            }
        }
        if (type.isSealed()) {
            for (var one : type.getPermittedSubclasses()) {
                walk(one, seen, found);
            }
        }
    }
}
