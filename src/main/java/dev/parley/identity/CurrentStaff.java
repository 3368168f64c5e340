package dev.parley.identity;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** The member behind the current request. */
@RequestScoped
public class CurrentStaff {

    private @Nullable Staff staff;

    /** The member; fails on endpoints that are not {@link Entitled}. */
    public Staff get() {
        if (staff == null) {
            throw new IllegalStateException("No member was admitted");
        }
        return staff;
    }

    void set(Staff admitted) {
        staff = admitted;
    }
}
