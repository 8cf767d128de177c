package org.menagerie.decoding;

/** Suppression among axis-aligned boxes: the fast path for hard suppression, {@link OverlapSearch} for soft. */
final class BoxSearch {
    private final Nms nms;
    private final float[] boxes;
    private final int from;
    private final DetectionList found = new DetectionList();
    private final BoxChunk chunk;
    private final OverlapSearch soft;

    /** A search among the boxes whose first number is at {@code from}. */
    BoxSearch(Nms nms, float[] boxes, int from) {
        this.nms = nms;
        this.boxes = boxes;
        this.from = from;
        this.chunk = new BoxChunk(nms.suppression() instanceof Suppression.Hard hard ? hard.iou() : 0);
        this.soft = new OverlapSearch(nms, (a, b) -> Boxes.iou(boxes, from / 4 + a, from / 4 + b));
    }

    /** Chooses among one class's candidates. */
    void choose(Candidates candidates, int label) {
        if (nms.suppression() instanceof Suppression.Hard hard) {
            chooseHard(candidates, label, hard.iou());
        } else {
            soft.choose(candidates, label, found, this::isNumber);
        }
    }

    DetectionList found() {
        return found;
    }

    private void chooseHard(Candidates candidates, int label, float iou) {
        int first = found.size();
        while (found.size() - first < nms.maxPerClass() && candidates.next()) {
            for (int at = 0; at < candidates.size() && found.size() - first < nms.maxPerClass(); at += BoxChunk.SIZE) {
                chooseHard(candidates, at, first, label, iou);
            }
        }
    }

    /** Chooses among the candidates of one chunk, the first of which is number {@code at}. */
    private void chooseHard(Candidates candidates, int at, int first, int label, float iou) {
        int size = Math.min(BoxChunk.SIZE, candidates.size() - at);
        chunk.load(candidates, at, size, boxes, from / 4);
        for (int i = first; i < found.size(); i++) {
            chunk.mark(boxes, from / 4 + found.box(i), 0);
        }
        for (int i = 0; i < size && found.size() - first < nms.maxPerClass(); i++) {
            long key = candidates.key(at + i);
            int box = Ranking.index(key);
            if (isNumber(box) && !suppressed(box, i, iou, first)) {
                found.add(box, label, Ranking.score(key));
                chunk.mark(boxes, from / 4 + box, i + 1);
            }
        }
    }

    private boolean suppressed(int box, int inChunk, float iou, int first) {
        if (iou >= BoxChunk.LOWEST && chunk.surely(inChunk)) {
            return true;
        }
        if (iou < BoxChunk.LOWEST || chunk.perhaps(inChunk)) {
            for (int i = first; i < found.size(); i++) {
                if (Boxes.iou(boxes, from / 4 + found.box(i), from / 4 + box) > iou) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isNumber(int box) {
        int at = from + 4 * box;
        return !(Float.isNaN(boxes[at])
                || Float.isNaN(boxes[at + 1])
                || Float.isNaN(boxes[at + 2])
                || Float.isNaN(boxes[at + 3]));
    }
}
