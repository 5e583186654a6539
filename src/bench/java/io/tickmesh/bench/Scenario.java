package io.tickmesh.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A load: so many clients hold so many of the symbols, each of which ticks so often.
 *
 * @param ticksPerSymbol per second, trades and quotes together
 */
record Scenario(String name, int clients, int symbolsPerClient, int symbols, double ticksPerSymbol) {
    private static final long SEED = 20_261_120;
    private static final int LETTERS = 26;

    Scenario {
        if (symbolsPerClient > symbols || (long) clients * symbolsPerClient % symbols != 0) {
            throw new IllegalArgumentException("every symbol must have the same number of holders: " + name);
        }
    }

    /** How many clients hold each symbol, so that every upstream tick is owed exactly so many deliveries. */
    int holders() {
        return clients * symbolsPerClient / symbols;
    }

    double ticksPerSecond() {
        return symbols * ticksPerSymbol;
    }

    double deliveriesPerSecond() {
        return ticksPerSecond() * holders();
    }

    /** Names that the simulator takes for stocks. */
    List<String> symbolNames() {
        List<String> names = new ArrayList<>(symbols);
        for (int i = 0; i < symbols; i++) {
            names.add("T" + letter(i / (LETTERS * LETTERS)) + letter(i / LETTERS) + letter(i));
        }
        return names;
    }

    private static char letter(int number) {
        return (char) ('A' + number % LETTERS);
    }

    /**
     * What each client holds: by chance, the same at every run. Hands of a shuffled pack are dealt until the pack is
     * used up; what is left of it when a hand is begun stays for that hand, which never gets a symbol twice.
     */
    List<List<String>> choices() {
        Random chance = new Random(SEED);
        List<String> pack = new ArrayList<>();
        List<List<String>> hands = new ArrayList<>(clients);
        for (int client = 0; client < clients; client++) {
            List<String> hand = new ArrayList<>(symbolsPerClient);
            while (hand.size() < symbolsPerClient) {
                if (pack.isEmpty()) {
                    pack.addAll(symbolNames());
                    Collections.shuffle(pack, chance);
                    // those that the hand has already go to the far end
                    pack.sort((a, b) -> Boolean.compare(hand.contains(b), hand.contains(a)));
                }
                hand.add(pack.remove(pack.size() - 1));
            }
            hands.add(List.copyOf(hand));
        }
        return hands;
    }
}
