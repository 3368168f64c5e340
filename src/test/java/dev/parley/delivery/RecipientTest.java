package dev.parley.delivery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parley.privacy.Addresses;
import dev.parley.privacy.Recipient;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may have an address for a mail, and read it. */
class RecipientTest {

    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.parley");

    @Test
    void only_the_code_that_speaks_smtp_reads_the_address_of_a_mail() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(SmtpTransport.class.getName())
                .should()
                .callMethod(Recipient.class, "forTheMail")
                .check(CODE);
        assertThat(CODE.get(SmtpTransport.class).getMethodCallsFromSelf().stream().map(c -> c.getTarget().getName()))
                .as("the rule above looks at the right method")
                .contains("forTheMail");
    }

    @Test
    void only_the_sender_has_an_address_opened_for_a_mail() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Sender.class.getName())
                .should()
                .callMethod(Addresses.class, "openForMail", UUID.class, UUID.class)
                .check(CODE);
        assertThat(CODE.get(Sender.class).getMethodCallsFromSelf().stream().map(c -> c.getTarget().getName()))
                .as("the rule above looks at the right method")
                .contains("openForMail");
    }
}
