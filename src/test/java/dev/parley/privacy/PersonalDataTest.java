package dev.parley.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@mail.example",
                "Ann.Keller+news@mail.example.org",
                "ann_keller@sub.mail.co.uk",
                "müller@post.example",
                "ann@bücher.example",
                "иван@почта.рф",
                "ann@xn--bcher-kva.xn--p1ai",
                "ann [at] mail.example",
                "ann[at]mail[dot]example",
                "ann (at) mail (dot) example",
                "ann {at} mail.example",
                "ann <at> mail <dot> example",
                "ann AT mail DOT example",
                "ann at mail dot example",
                "john dot doe at mail dot example",
                "john (dot) doe (at) mail (dot) co (dot) uk",
                "ann(ät)mail.example",
                "ann at mail punkt de",
                "ann [arobase] mail [point] fr",
                "ann (arroba) correo (punto) es",
                "ann at gmail.com",
                "ann @ mail.example",
                "ann(@)mail.example",
                "ann@mail dot example",
                "ann@mail[.]example",
                "ann＠mail．example",
                "ann\\@mail\\.example",
                "ann&#64;mail&#46;example",
                "ann&#x40;mail&period;example",
                "ann&commat;mail.example",
                "a\u200bnn@ma\u200dil.exam\u00adple",
                "a*n*n@mail.example",
                "`ann`@`mail.example`"
            })
    void an_address_is_masked(String address) {
        assertThat(PersonalData.in("Write to " + address + ", please").masked())
                .isIn("Write to [email removed], please", "Write to `[email removed]`, please");
        assertThat(PersonalData.in(address).found()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+49 30 1234567",
                "+493012345678",
                "+49 (0)30 123 45 67",
                "+49-171-1234567",
                "+ 49 171 1234567",
                "0049 171 1234567",
                "030 1234567",
                "030/1234567",
                "0171/123 45 67",
                "0171-1234567",
                "01711234567",
                "(030) 123 456 78",
                "+44 20 7946 0958",
                "020 7946 0958",
                "07700 900123",
                "01 23 45 67 89",
                "01.23.45.67.89",
                "+33 1 23 45 67 89",
                "+34 612 345 678",
                "+39 06 1234 5678",
                "06-12345678",
                "044 668 18 00",
                "(212) 555-0123",
                "212-555-0123",
                "212.555.0123",
                "+1 212 555 0123",
                "1-800-555-0199",
                "+1 (212) 555-0123",
                "8 (495) 123-45-67",
                "8-912-345-67-89",
                "+7 495 123-45-67",
                "(11) 98765-4321",
                "+55 11 98765-4321",
                "03-1234-5678",
                "+81 3-1234-5678",
                "+86 138 0013 8000",
                "+91 98765 43210",
                "+966 50 123 4567",
                "+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧",
                "０３－１２３４－５６７８",
                "0412 345 678",
                "+61 412 345 678",
                "0\u200b171 12\u200b34567",
                "030 \\- 1234567"
            })
    void a_phone_number_is_masked(String number) {
        assertThat(PersonalData.in("Ring " + number + " at noon.").masked())
                .isEqualTo("Ring [phone number removed] at noon.");
        assertThat(PersonalData.in("It is " + number).masked()).isEqualTo("It is [phone number removed]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tel. 5550123",
                "Tel: 612 345 678",
                "call me at 5550123",
                "WhatsApp 612345678",
                "Handy: 98765 43210",
                "тел. 123-45-67",
                "电话：13800138000"
            })
    void a_number_that_a_word_announces_is_masked(String text) {
        assertThat(PersonalData.in(text).masked()).contains(PersonalData.PHONE).doesNotContainPattern("[0-9]{3}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "On 01.02.2023 at 12:30 the bridge opened, and again on 2023-05-06.",
                "Am 24.12.2023 um 18.00 Uhr; geöffnet 08.00-09.30 und 10.00-12.00 Uhr.",
                "From 08:00-09:30 and 0900-1130.",
                "In 1914-1918 and 1939-1945, then 2020/2021.",
                "It cost 1,234,567.89 dollars, or 1.234.567,89 Euro, or 12 345 678 kr.",
                "$1 000 000 000 and €250000000, +10 000 000 votes, +12 %.",
                "Article 4711-0815, item 00123456, Nr. 0123456789, #0123456789, order no. 0301234567.",
                "ISBN 0306406152, ISBN 978-3-16-148410-0, 0-306-40615-2, 978 3 16 148410 0.",
                "They won 3-2, 4-1 and 6-4 6-3 7-6; the score was 102-98.",
                "Version 1.2.3.4, 10.0.19045.3803, IP 192.168.0.1 and 010.020.030.040.",
                "Pi is 3.14159265358979 and one third is 0.3333333333.",
                "IBAN DE89 3704 0044 0532 0130 00.",
                "Card 4111 1111 1111 1111.",
                "See https://example.org/0301234567 and https://maps.example/@52.5200,13.4050,15z here.",
                "https://example.com/@name.surname/posts/123456789012",
                "550e8400-e29b-41d4-a716-446655440000",
                "Meet me at noon, look at example dot com, it works at scale.",
                "He works at Siemens. Look at example.org for more.",
                "@ann said so, and @bob.keller too.",
                "Five @ 3.50 each, user@localhost, a@b, @@@@, 5@6.7",
                "On page 12 at line 345, 100 000 people, 37 of 1000.",
                "Coordinates 52.5200, 13.4050 and -33.8688.",
                "C++ 20, 2+2=4, 1/2 cup, 24/7, 9/11, 50/50.",
                "The population was 83 190 556 in 2020 and 84 358 845 in 2023.",
                "Paragraph 5.10.2.1 of the 2019 act, 17 U.S.C. 107, RFC 5322.",
                "1 2 3 4 5 6 7 8 9 10",
                "Section (2019) 123456 and [12] 34567890",
                "Ends with (at) and [dot]; a (a) b (b).",
                "10:15 - 11:45, 12.30 - 13.45"
            })
    void what_only_looks_like_one_stays(String text) {
        var looked = PersonalData.in(text);
        assertThat(looked.masked()).isEqualTo(text);
        assertThat(looked.found()).isFalse();
    }

    @Test
    void markdown_stays_sound() {
        assertThat(PersonalData.in("[write](mailto:ann@mail.example)").masked())
                .isEqualTo("[write](mailto:[email removed])");
        assertThat(PersonalData.in("<ann@mail.example>").masked()).isEqualTo("<[email removed]>");
        assertThat(PersonalData.in("**ann@mail.example**").masked()).isEqualTo("**[email removed]**");
        assertThat(PersonalData.in("ann@mail.example(https://x.example)").masked())
                .isEqualTo("[email removed] (https://x.example)");
        assertThat(PersonalData.in("https://ann@mail.example/ and https://x.example/?m=ann@mail.example&n=1").masked())
                .doesNotContain("ann@")
                .contains("https://x.example/?m=[email removed]");
        assertThat(PersonalData.in("[call](tel:+493012345678)").masked())
                .isEqualTo("[call](tel:[phone number removed])");
    }

    @Test
    void several_in_one_text_are_all_masked_and_the_rest_stays() {
        assertThat(PersonalData.in("a@b.example b@c.example,0171 1234567 0172 7654321\nc@d.example").masked())
                .isEqualTo(
                        "[email removed] [email removed],[phone number removed] [phone number removed]\n[email removed]");
        assertThat(PersonalData.in("联系ann@mail.example谢谢").masked()).isEqualTo("联系[email removed]谢谢");
        assertThat(PersonalData.in("Ann@mail.example. Then.").masked()).isEqualTo("[email removed]. Then.");
    }

    static List<String> hostile() {
        var random = new Random(3);
        var any = new StringBuilder();
        var signs = "0123456789+-./() @[]at dot<>&#;\\*`e.é漢\u200b";
        for (int i = 0; i < 10_000; i++) {
            any.append(signs.charAt(random.nextInt(signs.length())));
        }
        return List.of(
                "@".repeat(10_000),
                "a".repeat(9_999) + "@",
                "a@".repeat(5_000),
                "a.".repeat(4_990) + "@b.co",
                "a@" + "b.".repeat(4_999),
                " at ".repeat(2_500),
                "a [at] ".repeat(1_400),
                "a at b dot ".repeat(900),
                " dot a".repeat(1_600) + " at b dot com",
                " ".repeat(10_000),
                "(".repeat(10_000),
                "0".repeat(10_000),
                "0 ".repeat(5_000),
                "+".repeat(10_000),
                "+49 30 ".repeat(1_400),
                "tel ".repeat(2_500),
                "tel me me me me ".repeat(600) + "1234567",
                "&#".repeat(5_000),
                "&#64;".repeat(2_000),
                "\\".repeat(10_000),
                "https://".repeat(1_250),
                "1-".repeat(5_000),
                "\u200b".repeat(10_000),
                "漢@漢.漢".repeat(2_000),
                any.toString());
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostile_text_takes_linear_time(String text) {
        var threads = ManagementFactory.getThreadMXBean();
        PersonalData.in(text); // warm

        long before = threads.getCurrentThreadCpuTime();
        PersonalData.in(text);

        // Of the processor, since other tests may run beside; quadratic time would be several seconds.
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void masking_twice_changes_nothing_more() {
        for (var text : hostile()) {
            var once = PersonalData.in(text).masked();
            assertThat(PersonalData.in(once).masked()).hasSizeLessThanOrEqualTo(once.length() + 1_000);
        }
        var masked = PersonalData.in("Write to ann@mail.example or 030 1234567.").masked();
        assertThat(PersonalData.in(masked).found()).isFalse();
    }
}
