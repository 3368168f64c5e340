package dev.parley.tenant;

import java.util.List;
import java.util.UUID;

/** A site as its tenant's staff sees it. */
public record SiteView(UUID id, String key, String name, String language, List<String> origins) {}
