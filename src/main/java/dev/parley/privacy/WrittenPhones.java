package dev.parley.privacy;

import dev.parley.privacy.PersonalData.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds phone numbers: international ones, national ones with a leading 0, North American ones, such with an area code
 * in brackets, and any that a word such as "tel" announces. Dates, times, versions, prices, ISBNs and the numbers of
 * articles and accounts are none, nor is anything inside a web address.
 */
final class WrittenPhones {

    private static final int MAX_GROUPS = 9;
    private static final int MOST_DIGITS = 15;
    private static final int FEWEST_DIGITS = 7;
    private static final int LOOK_BACK = 24;

    /** Announces a number. */
    private static final Pattern CUE =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}])(?:tel|telefon|telefono|telefone|telephone|téléphone|teléfono|fon|phone|mobile|mobil"
                            + "|mob|handy|handynummer|cell|fax|sms|whatsapp|signal|telegram|call|ring|text|dial|ruf|anrufen"
                            + "|appelez|llama|llamar|тел|телефон|هاتف|جوال|واتساب|電話|电话)"
                            + "(?:[.:]| ?(?:me|us|him|her|mich|uns|an|at|on|now|is|number|nummer|nr\\.?|no\\.?|unter|ist|moi|au))*"
                            + "[ .:=/]{0,3}[(+]?$",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** Says that the number is of something else. */
    private static final Pattern OTHER =
            Pattern.compile(
                    "(?:isbn|issn|ean|gtin|upc|doi|iban|bic|sku|iso|din|rfc|cve|art(?:ikel)?|article|order|bestell(?:ung)?"
                            + "|item|ref|az|id|case|invoice|rechnung|konto|account|version|build|patent|nr|no|№|n°|#|v"
                            + "|[$€£¥₹])[-. :#]{0,3}(?:13|10|nr|no|nummer|number|id)?[-. :#]{0,3}$",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** Web addresses and IBANs: whatever digits are in them. */
    private static final Pattern OTHER_WHOLE =
            Pattern.compile(
                    "(?i:https?://|www\\.)[^\\s<>\"]++|(?<![\\p{L}\\p{N}])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?");

    /** A run of digits and what stood before it: one of {@code - . /}, a space, brackets, or nothing at the start. */
    private record Group(int start, int end, String digits, String before) {
        int size() {
            return digits.length();
        }
    }

    private final SeenText seen;
    private final List<Spot> spots = new ArrayList<>();
    private final boolean[] taken;

    private WrittenPhones(SeenText seen, List<Spot> masked) {
        this.seen = seen;
        this.taken = new boolean[seen.length() + 1];
        var web = OTHER_WHOLE.matcher(seen.text());
        while (web.find()) {
            java.util.Arrays.fill(taken, web.start(), web.end(), true);
        }
        int next = 0;
        for (int i = 0; i < seen.length() && next < masked.size(); i++) {
            while (next < masked.size() && masked.get(next).end() <= seen.start(i)) {
                next++;
            }
            taken[i] |= next < masked.size() && seen.start(i) >= masked.get(next).start();
        }
    }

    /**
     * @param masked what is masked already, in order
     */
    static List<Spot> in(SeenText seen, List<Spot> masked) {
        var search = new WrittenPhones(seen, masked);
        int i = 0;
        while (i < seen.length()) {
            i = isDigit(seen.at(i)) && !search.taken[i] ? search.look(i) : i + 1;
        }
        return search.spots;
    }

    /** Looks at the number that begins with this digit, and says where to go on. */
    private int look(int first) {
        var groups = groups(first);
        int after = groups.getFirst().end();
        int start = first;
        while (start > 0 && seen.at(start - 1) == '(' && first - start < 2) {
            start--;
        }
        if (start > 1 && seen.at(start - 1) == ' ' && seen.at(start - 2) == '+') {
            start -= 2;
        } else if (start > 0 && seen.at(start - 1) == '+') {
            start--;
        }
        boolean plus = seen.at(start) == '+';
        if (isPartOfAnother(start, plus)) {
            return after;
        }
        var before = seen.text().subSequence(Math.max(0, start - LOOK_BACK), start);
        if (groups.stream().mapToInt(Group::size).sum() < FEWEST_DIGITS) {
            return after;
        }
        boolean worded = before.chars().anyMatch(WrittenPhones::canAnnounce);
        boolean announced = worded && CUE.matcher(before).find();
        boolean other = worded && !announced && !plus && OTHER.matcher(before).find();
        boolean bracket = seen.at(first - 1) == '(';
        for (int count = groups.size(); count > 0 && !other; count--) {
            var number = groups.subList(0, count);
            if (endsHere(groups, count) && isPhone(number, plus, bracket, announced)) {
                int end = number.getLast().end();
                spots.add(new Spot(seen.start(start), seen.end(end - 1), PersonalData.PHONE));
                return end;
            }
        }
        return other ? groups.getLast().end() : after;
    }

    /** Long rows of numbers have nothing before them but numbers: those are not read as words. */
    private static boolean canAnnounce(int c) {
        return Character.isLetter(c) || "#°$€£¥₹".indexOf(c) >= 0 || c == '\u2116';
    }

    /** The groups of digits from here on that could make one number. */
    private List<Group> groups(int first) {
        var groups = new ArrayList<Group>();
        int at = first;
        var before = "";
        while (groups.size() < MAX_GROUPS) {
            int end = at;
            var digits = new StringBuilder();
            while (isDigit(seen.at(end)) && !taken[end]) {
                if (end - at <= MOST_DIGITS + 2) {
                    digits.append(seen.at(end));
                }
                end++;
            }
            groups.add(new Group(at, end, digits.toString(), before));
            int next = end;
            while (next - end < 3 && " -./()".indexOf(seen.at(next)) >= 0) {
                next++;
            }
            before = seen.text().subSequence(end, Math.min(next, seen.length())).toString();
            if (!isDigit(seen.at(next)) || !isSeparator(before)) {
                break;
            }
            at = next;
        }
        return groups;
    }

    private static boolean isSeparator(String s) {
        return switch (s) {
            case " ", "-", ".", "/", " - ", " / ", "/ ", " /", ")", ") ", "(", " (", ")-", ")/", "-(", ". ", "- " ->
                    true;
            default -> false;
        };
    }

    private boolean isPartOfAnother(int start, boolean plus) {
        char before = seen.at(start - 1);
        if (Character.isLetterOrDigit(before)) {
            return !SeenText.isUnspaced(before);
        }
        if (before == ',' || before == '.') {
            return isDigit(seen.at(start - 2));
        }
        return (plus ? "+" : "_-/=@#&%$€£¥₹+").indexOf(before) >= 0;
    }

    /** Whether a number may end after so many groups: not in the middle of something longer. */
    private boolean endsHere(List<Group> groups, int count) {
        if (count < groups.size()) {
            return groups.get(count).before().equals(" ");
        }
        char next = seen.at(groups.get(count - 1).end());
        char second = seen.at(groups.get(count - 1).end() + 1);
        if (Character.isLetterOrDigit(next)) {
            return SeenText.isUnspaced(next);
        }
        return "_@%€$£:".indexOf(next) < 0 && !(",-./".indexOf(next) >= 0 && Character.isLetterOrDigit(second));
    }

    private static boolean isPhone(List<Group> groups, boolean plus, boolean bracket, boolean announced) {
        int digits = groups.stream().mapToInt(Group::size).sum();
        if (digits < FEWEST_DIGITS || digits > MOST_DIGITS + (plus ? 0 : 2)) {
            return false;
        }
        var all = new StringBuilder();
        groups.forEach(group -> all.append(group.digits()));
        if (plus) {
            return isInternational(all.toString(), groups);
        }
        if (isOfAnotherKind(groups, digits)) {
            return false;
        }
        return (announced && digits <= MOST_DIGITS)
                || (all.indexOf("00") == 0 && digits >= 11 && isInternational(all.substring(2), groups))
                || isNational(all, groups, digits)
                || isNorthAmerican(groups)
                || isRussian(groups)
                || hasAreaCode(groups, bracket, digits);
    }

    /** A country code and a number; no round sum with a sign. */
    private static boolean isInternational(String digits, List<Group> groups) {
        if (digits.length() < 8 || digits.charAt(0) == '0') {
            return false;
        }
        if (digits.charAt(0) == '1') {
            return digits.length() == 11 && digits.charAt(1) >= '2';
        }
        boolean thousands = groups.size() > 1 && groups.stream().skip(1).allMatch(group -> group.size() == 3);
        return !(thousands && digits.length() <= 9) && !digits.substring(3).chars().allMatch(c -> c == '0');
    }

    /** A trunk 0, an area code, a number. */
    private static boolean isNational(CharSequence all, List<Group> groups, int digits) {
        if (all.charAt(0) != '0' || all.charAt(1) == '0' || digits < 9 || digits > 12) {
            return false;
        }
        if (groups.size() == 1) {
            return digits == 10 || digits == 11;
        }
        return groups.size() * 2 <= digits + 1 && groups.getFirst().size() <= 6;
    }

    private static boolean isNorthAmerican(List<Group> groups) {
        var number = groups.size() == 4 && groups.getFirst().digits().equals("1") ? groups.subList(1, 4) : groups;
        return sizes(number, 3, 3, 4)
                && number.get(0).digits().charAt(0) >= '2'
                && number.get(1).digits().charAt(0) >= '2';
    }

    private static boolean isRussian(List<Group> groups) {
        return sizes(groups, 1, 3, 3, 2, 2) && "78".contains(groups.getFirst().digits());
    }

    /** "(11) 98765-4321". */
    private static boolean hasAreaCode(List<Group> groups, boolean bracket, int digits) {
        return bracket
                && groups.size() >= 2
                && groups.get(1).before().startsWith(")")
                && groups.getFirst().size() >= 2
                && groups.getFirst().size() <= 5
                && !isYear(groups.getFirst().digits())
                && digits >= 9
                && digits <= 13;
    }

    /** Dates, times, network addresses, versions, ISBNs, cards. */
    private static boolean isOfAnotherKind(List<Group> groups, int digits) {
        boolean dots = groups.stream().skip(1).anyMatch(group -> group.before().equals("."));
        boolean onlyDots = groups.stream().skip(1).allMatch(group -> group.before().equals("."));
        if (dots && (!onlyDots || groups.size() < 3)) {
            return !groups.getFirst().digits().startsWith("0") || groups.getFirst().size() < 3 || digits < 9;
        }
        if (dots && groups.stream().allMatch(group -> group.size() <= 3 && Integer.parseInt(group.digits()) <= 255)) {
            return groups.size() == 4 || groups.stream().anyMatch(group -> group.size() == 1);
        }
        return startsWithDate(groups) || areTimes(groups) || isIsbn(groups, digits) || isCard(groups);
    }

    private static boolean startsWithDate(List<Group> groups) {
        if (groups.size() < 3) {
            return groups.size() == 2 && isYear(groups.get(0).digits()) && isYear(groups.get(1).digits());
        }
        int one = small(groups.get(0));
        int two = small(groups.get(1));
        boolean dayAndMonth = (one >= 1 && one <= 31 && two >= 1 && two <= 12) || (one <= 12 && one >= 1 && two <= 31);
        boolean yearLast = dayAndMonth && isYear(groups.get(2).digits());
        boolean yearFirst = isYear(groups.get(0).digits()) && two >= 1 && two <= 12 && small(groups.get(2)) <= 31;
        boolean shortYear =
                dayAndMonth
                        && groups.get(2).size() == 2
                        && !groups.stream().allMatch(group -> group.size() == 2)
                        && !groups.get(1).before().equals(" ");
        return yearLast || yearFirst || shortYear;
    }

    private static boolean areTimes(List<Group> groups) {
        return groups.size() >= 2
                && groups.stream()
                        .allMatch(group ->
                                group.size() == 4
                                        && Integer.parseInt(group.digits()) < 2400
                                        && Integer.parseInt(group.digits()) % 100 < 60);
    }

    private static boolean isIsbn(List<Group> groups, int digits) {
        var first = groups.getFirst().digits();
        return ((first.equals("978") || first.equals("979")) && digits >= 12)
                || (groups.size() == 1 && digits == 13)
                || (groups.size() == 4 && first.length() == 1 && groups.getLast().size() == 1);
    }

    private static boolean isCard(List<Group> groups) {
        return groups.size() >= 4 && groups.stream().limit(4).allMatch(group -> group.size() == 4);
    }

    private static boolean sizes(List<Group> groups, int... sizes) {
        if (groups.size() != sizes.length) {
            return false;
        }
        for (int i = 0; i < sizes.length; i++) {
            if (groups.get(i).size() != sizes[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isYear(String digits) {
        return digits.length() == 4 && (digits.startsWith("20") || digits.startsWith("19") || digits.startsWith("18"));
    }

    /** The value of one or two digits; 99 for any other group. */
    private static int small(Group group) {
        return group.size() <= 2 ? Integer.parseInt(group.digits()) : 99;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
