package org.menagerie.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Beam search as one writes it first: a word at a time, fresh arrays for each run, answers read as nested arrays, states
 * copied for every hypothesis. The peer of {@link GenerationBenchmark}.
 */
final class PlainGeneration implements AutoCloseable {
    private static final int START = 1;
    private static final int END = 2;
    private static final int MOST = 100;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession encoder;
    private final OrtSession step;
    private final int beam;

    PlainGeneration(Path encoder, Path step, int threads, int beam) throws OrtException {
        this.beam = beam;
        try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
            settings.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            settings.setIntraOpNumThreads(threads);
            this.encoder = environment.createSession(encoder.toString(), settings);
            this.step = environment.createSession(step.toString(), settings);
        }
    }

    private record Open(List<Integer> tokens, double log, float[] state) {}

    /** The tokens of the best text of a word of a to z and the apostrophe. */
    List<Integer> write(String word) throws OrtException {
        long[] letters =
                word.chars().mapToLong(c -> c == '\'' ? 1 : c - 'a' + 2).toArray();
        int[] length = {letters.length};
        List<Open> open = new ArrayList<>();
        List<Open> finished = new ArrayList<>();
        float[][][] memory;
        try (OnnxTensor spelling = OnnxTensor.createTensor(environment, new long[][] {letters});
                OnnxTensor count = OnnxTensor.createTensor(environment, length);
                OrtSession.Result result = encoder.run(Map.of("spelling", spelling, "spelling_length", count))) {
            memory = (float[][][]) result.get("memory").orElseThrow().getValue();
            open.add(new Open(
                    List.of(START),
                    0,
                    ((float[][]) result.get("state").orElseThrow().getValue())[0]));
        }
        for (int written = 1; written <= MOST && !open.isEmpty(); written++) {
            List<Open> candidates = extended(open, memory, length);
            candidates.sort(Comparator.comparingDouble(candidate -> -candidate.log));
            open = new ArrayList<>();
            for (Open candidate : candidates.subList(0, Math.min(beam - finished.size(), candidates.size()))) {
                boolean ended = candidate.tokens.get(candidate.tokens.size() - 1) == END;
                (ended || written == MOST ? finished : open).add(candidate);
            }
            double best = finished.stream().mapToDouble(Open::log).max().orElse(Double.NEGATIVE_INFINITY);
            if (open.stream().allMatch(hypothesis -> hypothesis.log <= best)) {
                break;
            }
        }
        Open best = finished.stream().max(Comparator.comparingDouble(Open::log)).orElseThrow();
        List<Integer> tokens = best.tokens;
        return tokens.subList(1, tokens.get(tokens.size() - 1) == END ? tokens.size() - 1 : tokens.size());
    }

    private List<Open> extended(List<Open> open, float[][][] memory, int[] length) throws OrtException {
        long[] tokens = open.stream()
                .mapToLong(hypothesis -> hypothesis.tokens.get(hypothesis.tokens.size() - 1))
                .toArray();
        float[][] states = open.stream().map(Open::state).toArray(float[][]::new);
        List<Open> extended = new ArrayList<>();
        try (OnnxTensor token = OnnxTensor.createTensor(environment, tokens);
                OnnxTensor state = OnnxTensor.createTensor(environment, states);
                OnnxTensor source = OnnxTensor.createTensor(environment, new long[open.size()]);
                OnnxTensor letters = OnnxTensor.createTensor(environment, memory);
                OnnxTensor count = OnnxTensor.createTensor(environment, length);
                OrtSession.Result result = step.run(Map.of(
                        "token",
                        token,
                        "state",
                        state,
                        "source",
                        source,
                        "memory",
                        letters,
                        "spelling_length",
                        count))) {
            float[][] logits = (float[][]) result.get("logits").orElseThrow().getValue();
            float[][] next = (float[][]) result.get("next_state").orElseThrow().getValue();
            for (int row = 0; row < logits.length; row++) {
                logits[row][0] = Float.NEGATIVE_INFINITY;
                logits[row][START] = Float.NEGATIVE_INFINITY;
                double total = 0;
                for (float logit : logits[row]) {
                    total += Math.exp(logit);
                }
                for (int v = END; v < logits[row].length; v++) {
                    List<Integer> longer = new ArrayList<>(open.get(row).tokens);
                    longer.add(v);
                    double log = open.get(row).log + logits[row][v] - Math.log(total);
                    extended.add(new Open(longer, log, Arrays.copyOf(next[row], next[row].length)));
                }
            }
        }
        return extended;
    }

    @Override
    public void close() throws OrtException {
        encoder.close();
        step.close();
    }
}
