package io.embedim;

/**
 * How the connections of a node ended in a {@linkplain ImServer#drain drain}. Those that their clients closed before it was their turn are in neither number.
 *
 * @param closed those that were closed after all that waited for them had been written
 * @param cut those that were open when the time was over, and were closed at once
 */
public record DrainReport(int closed, int cut) {}
