package dev.parley.reader;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words of the reader's own pages. English stands here, the other languages in {@code messages/me_*.properties}.
 */
@MessageBundle(value = "me", locale = "en")
interface MeTexts {

    @Message("d MMMM yyyy, HH:mm 'UTC'")
    String timePattern();

    // --- The form that asks for a link ---

    @Message("Your comments")
    String linkTitle();

    @Message(
            "Type the email address that you gave when you wrote on {site}. If anything was written with it, we mail a link to it.")
    String linkText(String site);

    @Message("Email")
    String linkEmail();

    @Message("Please type one email address, such as name@example.org.")
    String linkWrong();

    @Message("Mail me a link")
    String linkButton();

    @Message("Thank you. If anything was written with this address, a link is on its way.")
    String linkSent();

    @Message("It works for a day. Please look among unwanted mails, too.")
    String linkSentText();

    // --- Is this address yours? ---

    @Message("Is this address yours?")
    String askTitle();

    @Message(
            "Somebody wrote on {site} and gave the address that our mail went to. Tick what you wrote yourself, and leave the rest.")
    String askText(String site);

    @Message("If you wrote none of this, close this page. Nothing will happen.")
    String askNone();

    @Message("Written at your address")
    String askLegend();

    @Message("This is my address, and these are mine")
    String askButton();

    @Message("Please tick what is yours.")
    String nothingTicked();

    @Message("If none of it is, just close this page.")
    String nothingTickedText();

    @Message("Written under this name too: {count}")
    String more(long count);

    @Message("About an article without a title")
    String untitled();

    // --- Your comments ---

    @Message("Your comments on {site}")
    String title(String site);

    @Message("Keep this link to yourself: whoever has it can do all this. It works until {time}.")
    String lapses(String time);

    @Message("Thank you. This address is yours now.")
    String proven();

    @Message("Comments that waited for this are published.")
    String provenPublished();

    @Message("Also written at your address")
    String claimTitle();

    @Message("Nobody has said yet that they wrote this. Tick what is yours.")
    String claimText();

    @Message("These are mine")
    String claimButton();

    @Message("What you wrote")
    String written();

    @Message("There is nothing here.")
    String none();

    @Message("edited")
    String edited();

    @Message("Published")
    String published();

    @Message("Waits for a moderator")
    String held();

    @Message("Published; your change waits for a moderator")
    String changeHeld();

    @Message("Not published")
    String rejected();

    @Message("Taken back")
    String takenBack();

    @Message("Why:")
    String why();

    @Message("This was decided automatically.")
    String byMachine();

    @Message("A moderator decided this.")
    String byPerson();

    @Message("Take back")
    String withdraw();

    /** For those who hear the page: which one the button is about. */
    @Message("your comment on {title}")
    String withdrawWhich(String title);

    @Message("Your comment is taken back.")
    String withdrawn();

    @Message("Where others answered it, its place stays, without name and text.")
    String withdrawnText();

    @Message("Older comments")
    String older();

    @Message("Newest comments")
    String newest();

    // --- Mails ---

    @Message("Mails to you")
    String mailsTitle();

    @Message("You are told by mail of answers and of what is decided about your comments, where you asked for it.")
    String mailsOn();

    @Message("You get no mails from us.")
    String mailsOff();

    @Message("Send me no more mails")
    String switchOff();

    @Message("Send me mails")
    String switchOn();

    @Message("Mails are switched off.")
    String switchedOff();

    @Message("Mails are switched on.")
    String switchedOn();

    @Message("No more mails?")
    String unsubscribeTitle();

    @Message("Press the button, and {site} sends nothing more to your address.")
    String unsubscribeText(String site);

    @Message("{site} sends nothing more to your address.")
    String unsubscribed(String site);

    @Message("If you change your mind: ask for a link where you comment, and switch mails on again.")
    String unsubscribedText();

    // --- Your data ---

    @Message("Your data")
    String dataTitle();

    @Message(
            "All that you wrote, every version of it, and what was decided about it. Your email address is not in the file.")
    String exportText();

    @Message("Save as a file (JSON)")
    String export();

    @Message("Erase everything")
    String erase();

    @Message("Your address, your name and all your texts are deleted for good.")
    String eraseText();

    @Message("Erase everything you wrote?")
    String eraseTitle();

    @Message("Your email address is deleted, on all sites of this publisher.")
    String eraseAddress();

    @Message("Your name and the texts of all your comments are deleted. Where others answered, an empty place stays.")
    String eraseComments();

    @Message("What was decided about your comments, and when, stays on record: without name, text and address.")
    String eraseRecords();

    @Message("This cannot be undone, and the links that we mailed to you stop working.")
    String eraseFinal();

    @Message("Erase everything now")
    String eraseButton();

    @Message("Keep everything")
    String keep();

    @Message("Everything is erased.")
    String erased();

    @Message("You can close this page. Copies on the way to readers are gone within a day.")
    String erasedText();

    // --- What went wrong ---

    @Message("This link opens nothing.")
    String noLink();

    @Message("It may be too old, or not copied as a whole. You can ask for a new one where you comment.")
    String noLinkText();

    @Message("Please say first that the address is yours.")
    String proveFirst();

    @Message("That did not work.")
    String failed();

    @Message("Nothing was changed. Please go back and try again.")
    String failedText();

    @Message("That was a little fast.")
    String tooFast();

    @Message("Please wait a moment and try again.")
    String tooFastText();

    // --- Why a comment is restricted, by the code of the reason ---

    @Message("It insults or attacks people.")
    String reasonAbuse();

    @Message("The link that we mailed must be opened first.")
    String reasonAddress();

    @Message("It attacks people for who they are.")
    String reasonHate();

    @Message("It may break the law.")
    String reasonIllegal();

    @Message("It contains links.")
    String reasonLinks();

    @Message("The name looks like one of our staff's.")
    String reasonName();

    @Message("It is not about the article.")
    String reasonOffTopic();

    @Message("It does not fit the rules of this site.")
    String reasonOther();

    @Message("It contains personal data, such as an email address or a phone number.")
    String reasonPersonalData();

    @Message("The same text was sent before.")
    String reasonRepeat();

    @Message("A moderator reads comments like this before they appear.")
    String reasonReview();

    @Message("It reads like advertising.")
    String reasonSpam();

    @Message("It threatens somebody.")
    String reasonThreat();

    @Message("It reads as hostile or insulting.")
    String reasonToxicity();

    @Message("It contains words that are looked at first.")
    String reasonWords();
}
