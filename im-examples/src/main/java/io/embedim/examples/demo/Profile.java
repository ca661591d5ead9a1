package io.embedim.examples.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much the demo trusts its clients. */
enum Profile {

    /** As the original: clients are who they say, from whatever page, and may do everything. */
    CLASSIC,

    /** Clients are who their ticket says, come from the demo's own page, and speak in groups that they have joined. */
    SECURE;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Profile> of(String label) {
        return Arrays.stream(values())
                .filter(profile -> profile.label().equals(label))
                .findFirst();
    }
}
