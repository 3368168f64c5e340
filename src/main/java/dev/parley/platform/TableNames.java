package dev.parley.platform;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManagerFactory;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/** The tables that entities are kept in: what was taken out of a statement for a table's name may be anything. */
@Singleton
class TableNames {

    private final Instance<EntityManagerFactory> factory;
    private volatile @Nullable Set<String> tables;

    TableNames(Instance<EntityManagerFactory> factory) {
        this.factory = factory;
    }

    /** The name without its schema if it is one of an entity's table, or null. */
    @Nullable String known(@Nullable String name) {
        if (name == null) {
            return null;
        }
        var plain = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return tables().contains(plain) ? plain : null;
    }

    private Set<String> tables() {
        var known = tables;
        if (known == null) {
            known =
                    factory.get()
                            .unwrap(SessionFactoryImplementor.class)
                            .getMappingMetamodel()
                            .streamEntityDescriptors()
                            .map(entity -> entity.getIdentifierTableName().toLowerCase(Locale.ROOT))
                            .collect(Collectors.toUnmodifiableSet());
            tables = known;
        }
        return known;
    }
}
