package rooms;

import java.util.SplittableRandom;

/** Randomness that is the same on every machine: StrictMath, and nothing of the platform's. */
final class Noise {
    private Noise() {}

    /** Mean 0, deviation 1, by Box and Muller. */
    static double gaussian(SplittableRandom random) {
        double u = 1 - random.nextDouble();
        return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    /** Evenly from one bound to the other. */
    static double between(SplittableRandom random, double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    /** One of them. */
    static double oneOf(SplittableRandom random, double... values) {
        return values[random.nextInt(values.length)];
    }
}
