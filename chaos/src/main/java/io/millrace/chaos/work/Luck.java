package io.millrace.chaos.work;

/** Which attempts of a job fail: one in five, and the same ones whenever it is asked. */
public final class Luck {

  private static final int ONE_IN = 5;

  private Luck() {}

  /** Whether the attempt fails. */
  public static boolean isBad(String messageId, int attempt) {
    int hash = (messageId + "/" + attempt).hashCode() * 0x9E3779B1; // Fibonacci hashing spreads it
    return Math.floorMod(hash >>> 8, ONE_IN) == 0;
  }
}
