package dev.parley.widget;

import dev.parley.audit.Act;
import dev.parley.identity.TenantAdministration;
import dev.parley.tenant.SettingsView;

/** Whether readers of the entered tenant are asked to say it differently. */
final class Nudges {

    private Nudges() {}

    static void set(TenantAdministration administration, boolean on) {
        var now = administration.settings();
        administration.changeSettings(
                new SettingsView(
                        now.replyDepth(),
                        now.editWindowSeconds(),
                        now.hideWhileEditIsHeld(),
                        now.personalData(),
                        now.rejectedRetentionDays(),
                        on),
                Act.By.SYSTEM);
    }
}
