package dev.parley.audit;

/** What can be done that is worth a line in the trail. */
public enum Action {
    ADDRESS_BANNED,
    ADDRESS_ERASED,
    COMMENT_APPROVED,
    COMMENT_DECIDED,
    COMMENT_EDITED,
    COMMENT_REJECTED,
    COMMENT_WITHDRAWN,
    EMAIL_REVEALED,
    MEMBER_ADDED,
    MEMBER_REMOVED,
    POLICY_CHANGED,
    SETTINGS_CHANGED,
    SITE_CHANGED,
    SITE_CREATED,
    TENANT_CHANGED,
    TENANT_CREATED
}
