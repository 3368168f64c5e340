package dev.parley.widget;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words of the framed page. English stands here, the other languages in {@code messages/widget_*.properties}.
 *
 * <p>Where a number counts something, {@code form} is its plural category in the page's language, as CLDR names it.
 */
@MessageBundle(value = "widget", locale = "en")
interface WidgetTexts {

    // --- The form ---

    @Message("Leave a Reply")
    String leaveReply();

    /** Followed by a name. */
    @Message("Reply to")
    String replyTo();

    @Message("Reply")
    String reply();

    @Message("Cancel reply")
    String cancelReply();

    @Message("Your email address will not be published. Required fields are marked")
    String promise();

    @Message("Comment")
    String comment();

    @Message("Name")
    String name();

    @Message("Email")
    String email();

    @Message("Website")
    String website();

    @Message("You may use *emphasis*, > quotes, `code`, lists and links.")
    String commentHint();

    @Message("Please type it again. We never show it on a page, not even to you.")
    String emailAgain();

    @Message("Leave this empty")
    String leaveEmpty();

    @Message("Mail me a link, to be told of answers and to manage my comments")
    String notifyMe();

    @Message("Remember me in this browser")
    String rememberMe();

    @Message("Post Comment")
    String post();

    @Message("Comments are closed.")
    String closed();

    /** Leads to the form that asks for a mailed link. */
    @Message("See, take back or erase what you wrote")
    String mine();

    // --- The thread ---

    @Message("Comments")
    String commentsTitle();

    @Message("No comments to show.")
    String none();

    @Message("{#switch form}{#case 'one'}{count} Comment{#else}{count} Comments{/switch}")
    String comments(String form, String count);

    @Message("Replies")
    String replies();

    @Message("One comment and the answers to it")
    String oneThread();

    @Message("Order of comments")
    String order();

    @Message("Newest")
    String newest();

    @Message("Oldest")
    String oldest();

    @Message("Most replies")
    String mostReplies();

    @Message("All comments")
    String allComments();

    @Message("More comments")
    String moreComments();

    @Message("More replies")
    String moreReplies();

    @Message("Your comment")
    String yourComment();

    @Message("edited")
    String edited();

    @Message("This comment is no longer here.")
    String gone();

    @Message("d MMMM yyyy, HH:mm 'UTC'")
    String datePattern();

    // --- What became of what was sent ---

    @Message("Thank you. Your comment is published.")
    String published();

    @Message("Go to your comment")
    String goToYours();

    @Message("Thank you. Your comment is held for now.")
    String held();

    @Message("It will be read by a moderator before anybody else can see it. There is no need to send it again.")
    String heldText();

    @Message("Your comment was not published.")
    String rejected();

    @Message("It goes against the rules for comments here. This was decided automatically.")
    String rejectedText();

    @Message("You have taken this comment back.")
    String withdrawn();

    @Message("Your comment was changed.")
    String changed();

    @Message("Your change is held for now.")
    String changeHeld();

    @Message("A moderator will read it before anybody else can see it.")
    String changeHeldText();

    @Message("Your change was not published.")
    String changeRejected();

    @Message("We have hidden an email address or a phone number that stood in it.")
    String masked();

    @Message("You can still change your comment, or take it back.")
    String stillYours();

    @Message("Please send your comment once more.")
    String onceMore();

    @Message("It came quicker than people type, so we ask once more.")
    String tooQuick();

    @Message("This page had been open for more than a day.")
    String tooOld();

    @Message("We could not recognise the page that it came from.")
    String notOurs();

    @Message("Others may read this as hostile.")
    String nudge();

    @Message("It is not sent yet. Do you want to say it differently?")
    String nudgeText();

    @Message("Change the text")
    String changeText();

    @Message("Send as it is")
    String sendAsItIs();

    @Message("Your comment was not sent yet.")
    String notSentYet();

    @Message("Please look at what is marked below.")
    String lookBelow();

    @Message("Your comment was not sent.")
    String notSent();

    @Message("Many comments arrived at once. Please wait a little and send it again.")
    String tooMany();

    @Message("This form was sent before, with other words. Send it again if it is another comment.")
    String sentBefore();

    @Message("It is still being looked at. Please wait a moment and send it again.")
    String stillWorking();

    @Message("This article does not take comments yet.")
    String notYet();

    @Message("Comments on this article are closed.")
    String closedNow();

    @Message("Something changed meanwhile. Please send it again.")
    String movedOn();

    @Message("The comment that you answered can't be answered any more.")
    String parentGone();

    @Message("This page does not say properly which article it belongs to.")
    String articleUnclear();

    // --- Fields ---

    @Message("{label} is required.")
    String required(String label);

    @Message("{label} is too long.")
    String tooLong(String label);

    @Message("{label} must be one address, such as ann@mail.example.")
    String emailWrong(String label);

    @Message("{label} must be an http or https address of at most 500 characters.")
    String websiteWrong(String label);

    @Message("{label} holds characters that can't be shown.")
    String charactersWrong(String label);

    // --- Editing and taking back ---

    @Message("Edit")
    String edit();

    @Message("Edit your comment")
    String editTitle();

    @Message("Save changes")
    String save();

    @Message("Cancel")
    String cancel();

    @Message("Take back")
    String takeBack();

    @Message("Take this comment back for good?")
    String takeBackSure();

    @Message("Yes, take it back")
    String takeBackYes();

    @Message("This comment can't be changed any more.")
    String tooLate();

    @Message("The time for changes is over.")
    String windowOver();

    @Message("Only the page that sent it can change it, and only for a while.")
    String notYours();

    // --- Flags ---

    @Message("Report")
    String flag();

    /** Followed by a name. */
    @Message("Report the comment of")
    String flagTitle();

    @Message("What is wrong with it?")
    String flagWhy();

    @Message("It is advertising")
    String flagSpam();

    @Message("It attacks or bullies somebody")
    String flagHarassment();

    @Message("It attacks people for who they are")
    String flagHate();

    @Message("It threatens or praises violence")
    String flagViolence();

    @Message("It is not about the article")
    String flagOffTopic();

    @Message("It breaks the law")
    String flagIllegal();

    @Message("Something else")
    String flagOther();

    @Message("Anything to add?")
    String flagNote();

    @Message("Send report")
    String flagSend();

    @Message("Thank you. A moderator will look at that comment.")
    String flagged();

    @Message("Your report was not sent.")
    String flagNotSent();

    @Message("Please choose what is wrong with it.")
    String flagChoose();

    @Message("Please make the note shorter: 500 characters at most.")
    String flagNoteLong();

    @Message("The comment is no longer here.")
    String flagGone();

    // --- Reasons, by their public codes ---

    @Message("The address has to be confirmed by the link in the mail first.")
    String reasonAddress();

    @Message("It contains links.")
    String reasonLinks();

    @Message("The name looks like one of our staff's.")
    String reasonName();

    @Message("The same text was sent before.")
    String reasonRepeat();

    @Message("A moderator reads comments like this before they appear.")
    String reasonReview();

    @Message("It reads like advertising.")
    String reasonSpam();

    @Message("It reads as hostile or insulting.")
    String reasonToxicity();

    @Message("It contains words that are looked at first.")
    String reasonWords();

    @Message("It insults or attacks people.")
    String reasonAbuse();

    @Message("It attacks people for who they are.")
    String reasonHate();

    @Message("It may break the law.")
    String reasonIllegal();

    @Message("It is not about the article.")
    String reasonOffTopic();

    @Message("It does not fit the rules of this site.")
    String reasonOther();

    @Message("It contains personal data, such as an address or a phone number.")
    String reasonPersonalData();

    @Message("It threatens somebody.")
    String reasonThreat();

    // --- Errors of a whole page ---

    @Message("There is nothing here")
    String nothingHere();

    @Message("The comments that belong here could not be found.")
    String nothingHereText();

    @Message("Comments can't be sent from this page")
    String foreignPage();

    @Message("The page that sent this is not one of the publisher's.")
    String foreignPageText();

    @Message("Your comment is too long.")
    String tooLarge();

    @Message("Please go back and make it shorter; your browser still has what you typed.")
    String tooLargeText();

    @Message("Too much at once")
    String tooManyPage();

    @Message("Please wait a little and try again.")
    String tooManyPageText();

    @Message("Not available for the moment")
    String unavailable();

    @Message("Please try again in a little while. Nothing was changed.")
    String unavailableText();

    @Message("Something went wrong")
    String broken();

    @Message("It is our fault, and it was noted.")
    String brokenText();

    @Message("The page could not be shown")
    String unreadable();

    @Message("The address or the form that led here is not right.")
    String unreadableText();

    // --- What only the script says ---

    @Message("{#switch form}{#case 'one'}{count} new comment{#else}{count} new comments{/switch}")
    String newComments(String form, String count);

    @Message("Show")
    String show();

    @Message("{#switch form}{#case 'one'}{count} character left{#else}{count} characters left{/switch}")
    String charactersLeft(String form, String count);

    @Message("{#switch form}{#case 'one'}{count} character too many{#else}{count} characters too many{/switch}")
    String charactersOver(String form, String count);

    @Message("Sending …")
    String sending();

    @Message("Your comment could not be sent yet.")
    String unsent();

    @Message("What you typed is safe here. We try again as soon as the connection is back.")
    String unsentText();

    @Message("Try again")
    String tryAgain();

    @Message("This could not be loaded. Please try again.")
    String unloaded();
}
