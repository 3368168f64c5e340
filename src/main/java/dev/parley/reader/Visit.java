package dev.parley.reader;

import dev.parley.tenant.SiteView;

/** Somebody who came by a link that works, at the site that it opens. */
record Visit(LinkView link, SiteView site) {}
