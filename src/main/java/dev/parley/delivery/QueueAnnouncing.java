package dev.parley.delivery;

import dev.parley.delivery.Announcement.Topic;
import dev.parley.moderation.QueueTouched;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;

/**
 * Announces changes of the queue once they are committed. One that is lost, because the process ends just then, is made
 * good by the page, which asks for the counts every now and then.
 */
@ApplicationScoped
class QueueAnnouncing {

    private final Announcer announcer;

    QueueAnnouncing(Announcer announcer) {
        this.announcer = announcer;
    }

    void announce(@Observes(during = TransactionPhase.AFTER_SUCCESS) QueueTouched touched) {
        announcer.add(new Announcement(Topic.QUEUE, touched.tenant(), touched.comment()));
    }
}
