package dev.parley.tenant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** The one door to a tenant's settings. */
@ApplicationScoped
public class Settings {

    private final TenantSettingsRepository repository;

    Settings(TenantSettingsRepository repository) {
        this.repository = repository;
    }

    /** The entered tenant's settings. */
    @Transactional
    public SettingsView current() {
        return SettingsView.of(mine());
    }

    /** Replaces the entered tenant's settings. */
    @Transactional
    public SettingsView change(SettingsView next) {
        var settings = mine();
        settings.replyDepth = next.replyDepth();
        settings.editWindowSeconds = next.editWindowSeconds();
        settings.hideWhileEditIsHeld = next.hideWhileEditIsHeld();
        settings.personalData = next.personalData();
        settings.rejectedRetentionDays = next.rejectedRetentionDays();
        settings.nudges = next.nudges();
        return SettingsView.of(settings);
    }

    private TenantSettings mine() {
        return repository
                .findByIdOptional(TenantSettings.ONLY)
                .orElseThrow(() -> new IllegalStateException("A tenant without settings"));
    }
}
