package dev.parley.delivery;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the mails, in English here; German and Arabic in {@code messages/mail_*.properties}. */
@MessageBundle("mail")
public interface MailWords {

    @Message("Confirm your address for {site}")
    String proofSubject(String site);

    @Message("Somebody, probably you, wrote a comment as {name} on {site} and gave this address.")
    String proofWhy(String name, String site);

    @Message("Somebody, probably you, wrote a comment on {site} and gave this address.")
    String proofWhyNameless(String site);

    @Message("To confirm that the address is yours, open this link. It works for 24 hours:")
    String proofLink();

    @Message("If it was not you, ignore this mail. Your address will not be published.")
    String proofElse();

    @Message("Your link for {site}")
    String linkSubject(String site);

    @Message("Somebody, probably you, asked for a link to the comments that were written with this address on {site}.")
    String linkWhy(String site);

    @Message("With it you see, take back, export and erase your comments. It works for 24 hours:")
    String linkLink();

    @Message("If it was not you, ignore this mail. Without the link nobody can do anything.")
    String linkElse();

    @Message("{name} answered you on {site}")
    String replySubject(String name, String site);

    @Message("New answers to you on {site}")
    String repliesSubject(String site);

    @Message("Your comment on “{title}” was answered:")
    String replyWhy(String title);

    @Message("Your comment on {site} was answered:")
    String replyWhyUntitled(String site);

    @Message("There are more answers on the page: {count}.")
    String replyMore(int count);

    @Message("Your comment on {site} was published")
    String publishedSubject(String site);

    @Message("Your comment on “{title}” was read by a moderator and is published now:")
    String publishedWhy(String title);

    @Message("Your comment on {site} was read by a moderator and is published now:")
    String publishedWhyUntitled(String site);

    @Message("Your comment on {site} was rejected")
    String rejectedSubject(String site);

    @Message("A moderator rejected your comment on “{title}”. It is not shown. The reason:")
    String rejectedByPerson(String title);

    @Message("A moderator rejected your comment on {site}. It is not shown. The reason:")
    String rejectedByPersonUntitled(String site);

    @Message("The rules of the site rejected your comment on “{title}” automatically. It is not shown. The reason:")
    String rejectedByMachine(String title);

    @Message("The rules of the site rejected your comment on {site} automatically. It is not shown. The reason:")
    String rejectedByMachineUntitled(String site);

    @Message("Invitation to {tenant}")
    String invitationSubject(String tenant);

    @Message("Hello {name}, {inviter} invites you to help look after the readers’ comments of {tenant}.")
    String invitationWhy(String name, String inviter, String tenant);

    @Message("To accept, open this link. It works once, for 7 days:")
    String invitationLink();

    @Message("If you did not expect this, ignore this mail. Without the link nobody can do anything.")
    String invitationElse();

    @Message("You get this mail because you confirmed your address. To get no more of them:")
    String unsubscribe();

    @Message("It insults or attacks people.")
    String reasonAbuse();

    @Message("The address has to be confirmed by the link in the mail first.")
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

    @Message("It contains somebody's personal data.")
    String reasonPersonalData();

    @Message("The same text was sent before.")
    String reasonRepeat();

    @Message("A moderator reads comments like this before they appear.")
    String reasonReview();

    @Message("It is advertising, or reads like it.")
    String reasonSpam();

    @Message("It threatens somebody.")
    String reasonThreat();

    @Message("It reads as hostile or insulting.")
    String reasonToxicity();

    @Message("It contains words that are looked at first.")
    String reasonWords();
}
