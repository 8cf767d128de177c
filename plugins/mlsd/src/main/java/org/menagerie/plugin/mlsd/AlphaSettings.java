package org.menagerie.plugin.mlsd;

/**
 * How M-LSD wants pictures prepared.
 *
 * @param input the network's input, {@code f32[N,H,W,4]}: red, green and blue from 0 to 255, and a fourth channel of ones
 * @param width of the input, pixels
 * @param height of the input, pixels
 */
public record AlphaSettings(String input, int width, int height) {}
