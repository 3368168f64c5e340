/**
 * The page of moderators and administrators: signs them in and hands out one small application, which does everything
 * by the REST API. In: a browser. Out: a page and a session; no rules, no data.
 */
@NullMarked
package dev.parley.console;

import org.jspecify.annotations.NullMarked;
