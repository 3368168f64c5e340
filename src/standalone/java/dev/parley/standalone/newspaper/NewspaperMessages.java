package dev.parley.standalone.newspaper;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the Gazette's pages say around its articles; the other languages are in {@code messages/newspaper_*}. */
@MessageBundle(value = "newspaper", locale = "en")
interface NewspaperMessages {

    @Message("The Gazette")
    String name();

    @Message("Read on both sides of the water")
    String motto();

    @Message("Harbour edition")
    String issue();

    @Message("Founded 1874")
    String founded();

    @Message("Skip to content")
    String skip();

    @Message("Sections")
    String sections();

    @Message("Front page")
    String frontPage();

    @Message("Languages")
    String languages();

    @Message("Colours")
    String colours();

    @Message("As the system")
    String auto();

    @Message("Light")
    String light();

    @Message("Dark")
    String dark();

    @Message("By")
    String by();

    @Message("{minutes} min")
    String minutes(String minutes);

    @Message("More from {author}")
    String moreFrom(String author);

    @Message("Read next")
    String readNext();

    @Message("Recent comments")
    String recent();

    @Message("on")
    String on();

    @Message("No comments to show.")
    String empty();

    @Message("Categories")
    String categories();

    @Message("Comments")
    String comments();

    @Message("Read the comments, or write one")
    String toComments();

    /**
     * @param count how many
     * @param hundredth the rest of it by 100, on which Arabic's forms hang
     * @param number the count in the language's digits
     */
    @Message("{#if count == 0}No comments{#else if count == 1}1 comment{#else}{number} comments{/if}")
    String counted(int count, int hundredth, String number);

    @Message("Illustration")
    String illustration();

    @Message(
            "The Gazette is a demonstration newspaper. Its articles were written for it; persons and places are"
                    + " invented. The comments are Parley’s, in a frame of their own.")
    String foot();

    @Message("Also at the newsagent’s:")
    String alsoThere();

    @Message("Local")
    String local();

    @Message("What happens between the harbour and the hills.")
    String localLine();

    @Message("Food")
    String food();

    @Message("Tables, ovens, allotments.")
    String foodLine();

    @Message("Sport")
    String sport();

    @Message("On the water and beside it.")
    String sportLine();

    @Message("World")
    String world();

    @Message("From our correspondents. Comments are read before they appear.")
    String worldLine();
}
