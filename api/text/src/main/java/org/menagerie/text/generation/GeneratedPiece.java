package org.menagerie.text.generation;

/**
 * A token as it is written.
 *
 * @param text what the token adds to the text; empty while a character is not complete or a stop string may be coming
 * @param token the token's label; empty for text that was held back when the end came
 * @param logProbability of the token, natural logarithm
 */
public record GeneratedPiece(String text, String token, double logProbability) {}
