package org.menagerie.decoding;

/** Suppression among axis-aligned boxes: the fast path for hard suppression, {@link OverlapSearch} for soft. */
final class BoxSearch {
    private final Nms nms;
    private final float[] boxes;
    private final int from;
    private final DetectionList found = new DetectionList();
    private final ChosenBoxes chosen;
    private final OverlapSearch soft;

    /** A search among the boxes whose first number is at {@code from}. */
    BoxSearch(Nms nms, float[] boxes, int from) {
        this.nms = nms;
        this.boxes = boxes;
        this.from = from;
        this.chosen = new ChosenBoxes(nms.suppression() instanceof Suppression.Hard hard ? hard.iou() : 0);
        this.soft = new OverlapSearch(nms, (a, b) -> Boxes.iou(boxes, from / 4 + a, from / 4 + b));
    }

    /** Chooses among one class's candidates. */
    void choose(Candidates candidates, int label) {
        if (nms.suppression() instanceof Suppression.Hard) {
            chooseHard(candidates, label);
        } else {
            soft.choose(candidates, label, found, this::isNumber);
        }
    }

    Detections detections() {
        return found.toDetections();
    }

    private void chooseHard(Candidates candidates, int label) {
        chosen.clear();
        while (chosen.size() < nms.maxPerClass() && candidates.next()) {
            for (int i = 0; i < candidates.size() && chosen.size() < nms.maxPerClass(); i++) {
                long key = candidates.key(i);
                int box = Ranking.index(key);
                if (isNumber(box) && chosen.add(boxes, from / 4 + box)) {
                    found.add(box, label, Ranking.score(key));
                }
            }
        }
    }

    private boolean isNumber(int box) {
        int at = from + 4 * box;
        return !(Float.isNaN(boxes[at])
                || Float.isNaN(boxes[at + 1])
                || Float.isNaN(boxes[at + 2])
                || Float.isNaN(boxes[at + 3]));
    }
}
