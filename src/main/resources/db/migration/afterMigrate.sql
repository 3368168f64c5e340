-- After each migration: which versions there are, the application may see, so that it can tell whether they are its own.
-- No migration of its own, since it concerns the table that Flyway makes.
grant select on flyway_schema_history to parley_app;
