package io.embedim.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.client.Entry;
import io.embedim.client.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what people were shown and told: nothing acknowledged is missing, nothing is there twice, and all see one order without a hole. */
final class WhatTheySaw {

    private final List<Talker> people;

    WhatTheySaw(List<Talker> people) {
        this.people = people;
    }

    /** How many messages were acknowledged, after all has been compared. */
    int check() {
        for (Talker person : people) {
            assertThat(person.troubles()).isEmpty();
            nothingTwice(person);
            noHole(person);
        }
        Map<String, String> order = oneOrder();
        return nothingMissing(order);
    }

    private static void nothingTwice(Talker person) {
        Set<String> seen = new HashSet<>();
        List<String> again = new ArrayList<>();
        for (Talker.Shown shown : person.shown()) {
            if (!seen.add(shown.conv() + " " + shown.words())) {
                again.add(shown.toString());
            }
        }

        assertThat(again).as("shown twice to %s", person.name).isEmpty();
    }

    private static void noHole(Talker person) {
        Map<String, List<Position>> shown = new HashMap<>();
        person.shown()
                .forEach(one -> shown.computeIfAbsent(one.conv(), conv -> new ArrayList<>())
                        .add(one.position()));
        for (String conv : person.store.conversations()) {
            List<Entry> entries = person.store.entries(conv);
            String prev = "";
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                assertThat(entry.position().seq())
                        .as("place in %s of %s", conv, person.name)
                        .isEqualTo(i + 1);
                assertThat(entry.prev())
                        .as("before %s of %s in %s", i + 1, person.name, conv)
                        .isEqualTo(prev);
                prev = entry.position().mid();
            }

            assertThat(shown.getOrDefault(conv, List.of()))
                    .as("what %s was shown of %s, and what it has", person.name, conv)
                    .isEqualTo(entries.stream()
                            .filter(entry -> entry.kind() == Entry.Kind.MESSAGE)
                            .map(Entry::position)
                            .toList());
        }
    }

    /** By conversation and place, the one thing that all have seen there. */
    private Map<String, String> oneOrder() {
        Map<String, String> order = new HashMap<>();
        for (Talker person : people) {
            for (Talker.Shown shown : person.shown()) {
                String place = shown.conv() + " " + shown.position();
                String first = order.putIfAbsent(place, shown.words());
                assertThat(first == null ? shown.words() : first)
                        .as("what %s saw at %s", person.name, place)
                        .isEqualTo(shown.words());
            }
        }
        return order;
    }

    private int nothingMissing(Map<String, String> order) {
        int acked = 0;
        List<String> missing = new ArrayList<>();
        for (Talker person : people) {
            for (Talker.Acked one : person.acked()) {
                acked++;
                if (!one.words().equals(order.get(one.conv() + " " + one.position()))) {
                    missing.add(person.name + " was told that it has " + one);
                }
            }
        }

        assertThat(missing).as("acknowledged, and not shown at that place").isEmpty();
        return acked;
    }
}
