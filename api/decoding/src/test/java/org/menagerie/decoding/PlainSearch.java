package org.menagerie.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Beam search with every option as the definitions read: lists of tokens, no rows, no early stopping that could not change the
 * answer. It shares nothing with the search that it checks but the record of options.
 */
final class PlainSearch {
    /** The rules in plain terms. */
    record Options(int minLength, int ngram, List<Integer> prefix, List<List<Integer>> only, List<Integer> stopAt) {}

    /** A hypothesis: the input's number and the start token, then what was said. */
    record Said(List<Integer> history, double log, boolean ended, double score) {
        List<Integer> tokens() {
            return history.subList(2, history.size());
        }
    }

    private final RandomLanguage language;
    private final BeamSearch search;
    private final Options options;
    private final int end;

    PlainSearch(RandomLanguage language, BeamSearch search, Options options) {
        this.language = language;
        this.search = search;
        this.options = options;
        this.end = search.end();
    }

    List<Said> best(int input) {
        int groups = search.diversity().groups();
        int width = search.width() / groups;
        List<List<Said>> open = new ArrayList<>();
        List<List<Said>> done = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            open.add(List.of(new Said(List.of(1000 + input, search.start()), 0, false, 0)));
            done.add(new ArrayList<>());
        }
        for (int length = 1; length <= search.maxLength(); length++) {
            List<Integer> chosen = new ArrayList<>();
            for (int group = 0; group < groups; group++) {
                List<Said> finished = done.get(group);
                boolean narrow = search.stopping() instanceof Stopping.NothingCanWin;
                int places = narrow ? width - finished.size() : width;
                List<Said> picked = pick(open.get(group), places, chosen);
                List<Said> next = new ArrayList<>();
                for (Said said : picked) {
                    int last = said.history().get(said.history().size() - 1);
                    boolean ended = last == end || options.stopAt().contains(last);
                    if (ended || length == search.maxLength()) {
                        finished.add(new Said(said.history(), said.log(), ended, score(said, length)));
                    } else {
                        next.add(said);
                    }
                }
                picked.forEach(
                        said -> chosen.add(said.history().get(said.history().size() - 1)));
                boolean enough =
                        search.stopping() instanceof Stopping.AfterEnded after && finished.size() >= after.count();
                open.set(group, enough ? List.of() : next);
            }
        }
        List<Said> all = new ArrayList<>();
        done.forEach(all::addAll);
        all.sort(Comparator.comparingDouble(said -> -rounded(said.score())));
        return all.subList(0, Math.min(search.nBest(), all.size()));
    }

    /** The continuations of open hypotheses that rank best, after what earlier groups chose in this step. */
    private List<Said> pick(List<Said> open, int places, List<Integer> chosen) {
        List<Said> candidates = new ArrayList<>();
        for (Said said : open) {
            float[] logits = language.logits(said.history());
            double sum = 0;
            for (float logit : logits) {
                sum += Math.exp(logit);
            }
            for (int token = 0; token < logits.length; token++) {
                if (logits[token] > Float.NEGATIVE_INFINITY && allowed(said.tokens(), token)) {
                    List<Integer> longer = new ArrayList<>(said.history());
                    longer.add(token);
                    double log = said.log() + logits[token] - Math.log(sum);
                    int now = token;
                    long often = chosen.stream().filter(other -> other == now).count();
                    candidates.add(new Said(
                            longer, log, false, log - search.diversity().strength() * often));
                }
            }
        }
        candidates.sort(Comparator.comparingDouble(said -> -rounded(said.score())));
        return candidates.subList(0, Math.max(0, Math.min(places, candidates.size())));
    }

    private boolean allowed(List<Integer> said, int token) {
        if (token == end && said.size() < options.minLength()) {
            return false;
        }
        if (said.size() < options.prefix().size() && options.prefix().get(said.size()) != token) {
            return false;
        }
        List<Integer> longer = new ArrayList<>(said);
        longer.add(token);
        if (!options.only().isEmpty() && options.only().stream().noneMatch(text -> begins(text, longer))) {
            return false;
        }
        return options.ngram() == 0 || !repeats(longer, options.ngram());
    }

    private static boolean begins(List<Integer> text, List<Integer> with) {
        return text.size() >= with.size() && text.subList(0, with.size()).equals(with);
    }

    private static boolean repeats(List<Integer> tokens, int n) {
        Set<List<Integer>> seen = new HashSet<>();
        for (int from = 0; from + n <= tokens.size(); from++) {
            boolean last = from + n == tokens.size();
            if (!seen.add(tokens.subList(from, from + n)) && last) {
                return true;
            }
        }
        return false;
    }

    private double score(Said said, int length) {
        double score = said.log() / search.penalty().divisor(length);
        if (search.coverage() > 0) {
            for (int part = 0; part < RandomLanguage.PARTS; part++) {
                double covered = 0;
                for (int at = 2; at < said.history().size(); at++) {
                    covered += RandomLanguage.attention(said.history().subList(0, at))[part];
                }
                score += search.coverage() * Math.log(Math.max(1e-6, Math.min(1, covered)));
            }
        }
        return score;
    }

    /** Sums in another order differ in their last digits; what is equal but for them ties. */
    static double rounded(double value) {
        return Math.rint(value * 1e5) / 1e5;
    }
}
