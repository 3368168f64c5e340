package dev.parley.tenant;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's settings.
 *
 * @param replyDepth how deep replies may nest; 0 allows none
 * @param editWindowSeconds how long a commenter may edit or withdraw with the edit token; 0 forbids it
 * @param hideWhileEditIsHeld whether a comment disappears while an edit of it is held
 * @param personalData what happens to addresses and phone numbers in comments; not given: {@code MASK}
 * @param rejectedRetentionDays after how many days texts of rejected and withdrawn comments are erased; null keeps them
 * @param nudges whether readers are asked first if they want to say differently what the classifiers would hold or
 *     reject for how it reads; not given: false
 */
public record SettingsView(
        @Min(0) @Max(8) int replyDepth,
        @Min(0) @Max(86_400) int editWindowSeconds,
        boolean hideWhileEditIsHeld,
        @Schema(defaultValue = "MASK") PersonalDataRule personalData,
        @Nullable @Min(30) @Max(3650) Integer rejectedRetentionDays,
        @Schema(defaultValue = "false") Boolean nudges) {

    @SuppressWarnings("NullAway") // JSON may leave them out
    public SettingsView {
        personalData = personalData == null ? PersonalDataRule.MASK : personalData;
        nudges = nudges != null && nudges;
    }

    static SettingsView of(TenantSettings settings) {
        return new SettingsView(
                settings.replyDepth,
                settings.editWindowSeconds,
                settings.hideWhileEditIsHeld,
                settings.personalData,
                settings.rejectedRetentionDays,
                settings.nudges);
    }
}
