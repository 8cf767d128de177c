package org.menagerie.training.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.vision.proposal.Proposals;
import org.menagerie.vision.proposal.SelectiveSearch;
import org.menagerie.vision.proposal.SelectiveSearchSettings;
import org.menagerie.weights.Sha256;

/** Images with the boxes that selective search finds in them; an image is searched once and its boxes are kept in memory. */
final class ProposedBoxes implements DatasetView {
    private static final String COLUMN = "proposals";
    private static final SelectiveSearchSettings SETTINGS = SelectiveSearchSettings.standard();

    private final Dataset images;
    private final DatasetInfo info;
    private final SelectiveSearch search = new SelectiveSearch(SETTINGS);
    private final AtomicReferenceArray<float[]> found;

    ProposedBoxes(Dataset images) {
        this.images = images;
        this.found = new AtomicReferenceArray<>(images.size());
        List<Column> columns = new ArrayList<>(images.info().columns());
        columns.add(Column.of(COLUMN, "f32[B,P,4]"));
        String content = String.join(" ", COLUMN, images.info().sha256(), SETTINGS.toString());
        this.info = new DatasetInfo(
                COLUMN + ":" + images.info().name(),
                Sha256.of(content.getBytes(StandardCharsets.UTF_8)),
                columns,
                images.info().labels(),
                images.info().vocabulary());
    }

    @Override
    public Dataset viewed() {
        return images;
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
        Map<String, Tensor> batch = new LinkedHashMap<>(images.batch(indices, memory));
        ImageBatch pixels = ImageBatch.of(batch, "image");
        List<float[]> boxes = new ArrayList<>();
        for (int i = 0; i < indices.length; i++) {
            float[] known = found.get(indices[i]);
            if (known == null) {
                known = search(pixels, i);
                found.set(indices[i], known);
            }
            boxes.add(known);
        }
        Tensor proposals = memory.tensor(COLUMN, ElementType.FLOAT32, indices.length, Proposals.longest(boxes), 4);
        Proposals.write(boxes, proposals);
        batch.put(COLUMN, proposals);
        return batch;
    }

    private float[] search(ImageBatch pixels, int place) {
        float[] samples = new float[pixels.length()];
        pixels.data().get(place * samples.length, samples);
        return Proposals.flat(search.boxes(samples, pixels.channels(), pixels.height(), pixels.width()));
    }
}
