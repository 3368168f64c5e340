package dev.parley.policy;

/** What a policy is for, widest first. */
public enum PolicyScope {
    TENANT,
    SITE,
    CATEGORY,
    ARTICLE
}
