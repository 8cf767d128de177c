package org.menagerie.training;

import java.util.Map;

/**
 * What one epoch came to.
 *
 * @param epoch counted from 1
 * @param train means over the epoch's steps, by metric
 * @param validation means over the validation data, by metric; empty without validation data
 * @param best whether no epoch before was better
 */
public record EpochReport(int epoch, Map<String, Double> train, Map<String, Double> validation, boolean best) {}
