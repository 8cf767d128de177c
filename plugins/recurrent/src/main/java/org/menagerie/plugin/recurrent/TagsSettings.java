package org.menagerie.plugin.recurrent;

/**
 * How a tagger's output is read.
 *
 * @param output the scores {@code f32[N,T,classes]}
 * @param length the input i32[N] that tells how many tokens each text has
 */
public record TagsSettings(String output, String length) {}
