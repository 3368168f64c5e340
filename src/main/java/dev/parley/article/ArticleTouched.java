package dev.parley.article;

import java.util.UUID;

/** That an article, its metadata or its thread changed. Fired inside the transaction that does so. */
record ArticleTouched(UUID article) {}
