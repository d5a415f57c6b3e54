package io.millrace.examples.lending.book;

/**
 * Numbers that look random and are the same on every machine and JDK: the generator SplitMix64 of
 * Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators (OOPSLA 2014), with the
 * constants of Vigna's splitmix64.c. Not for secrets; not thread-safe.
 */
final class SplitMix64 {

  private long state;

  SplitMix64(long seed) {
    this.state = seed;
  }

  long next() {
    state += 0x9E3779B97F4A7C15L;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** A number from 0 to below the bound. */
  int below(int bound) {
    return (int) Math.unsignedMultiplyHigh(next(), bound);
  }

  /** Whether something happens that does so in so many of a hundred cases. */
  boolean percent(int chance) {
    return below(100) < chance;
  }

  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[below(choices.length)];
  }
}
