package org.menagerie.plugin.mlsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.menagerie.fixtures.Cards;
import org.menagerie.fixtures.FakeNetwork;
import org.menagerie.plugin.mlsd.LineSegments.Segment;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Inference;
import org.menagerie.spi.Origin;
import org.menagerie.spi.Prepared;
import org.menagerie.spi.Tensor;

class MlsdDecoderTest {
    /** A picture of 320x80 pixels, stretched to 160x160: a cell of the 80x80 grid is 4 by 1 pixels of it. */
    private static final Origin.Image PICTURE = new Origin.Image(320, 80, 160, 160, 0.5, 2, 0, 0);

    private final Tensor scores = Tensor.allocate(ElementType.FLOAT32, 1, 80, 80, 1);
    private final Tensor offsets = Tensor.allocate(ElementType.FLOAT32, 1, 80, 80, 4);

    @Test
    void endsAreOffsetsFromTheCentreInPixelsOfThePicture() {
        put(30, 20, 0.5f, -10, 5, 12, -6);
        assertThat(decode(null, null, null)).containsExactly(new Segment(4 * 10, 35, 4 * 32, 24, 0.5));
    }

    @Test
    void unsureAndShortSegmentsAreDropped() {
        put(30, 20, 0.1f, -20, 0, 20, 0);
        put(40, 20, 0.5f, -10, 0, 10, 0);
        assertThat(decode(null, null, null)).isEmpty();
        assertThat(decode(0.09, null, null)).hasSize(1);
        assertThat(decode(null, 19.9, null)).hasSize(1);
    }

    /** The authors' network gives 200 centres, and their lengths are looked at afterwards. */
    @Test
    void theBestAreTakenBeforeLengthsAreLookedAt() {
        put(10, 20, 0.9f, -1, 0, 1, 0);
        put(30, 20, 0.7f, -20, 0, 20, 0);
        put(40, 20, 0.8f, -20, 0, 20, 0);
        assertThat(decode(null, null, 2)).extracting(Segment::score).containsExactly((double) 0.8f);
        assertThat(decode(null, null, 3)).extracting(Segment::score).containsExactly((double) 0.8f, (double) 0.7f);
    }

    @Test
    void nanIsNoSegment() {
        put(10, 20, Float.NaN, -20, 0, 20, 0);
        put(30, 20, 0.7f, Float.NaN, 0, 20, 0);
        assertThat(decode(null, null, null)).isEmpty();
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new MlsdSettings("s", "o", 1.5, null, null))
                .hasMessage("threshold must be 0 to 1, not 1.5");
        assertThatThrownBy(() -> new MlsdSettings("s", "o", null, -1.0, null))
                .hasMessage("minLength must be 0 or more cells, not -1.0");
        assertThatThrownBy(() -> new MlsdSettings("s", "o", null, null, 0))
                .hasMessage("most must be at least 1, not 0");
    }

    private void put(int row, int column, float score, float... ends) {
        scores.floats().put(row * 80 + column, score);
        offsets.floats().put((row * 80 + column) * 4, ends);
    }

    private List<Segment> decode(@Nullable Double threshold, @Nullable Double minLength, @Nullable Integer most) {
        return new MlsdDecoder(
                        new MlsdSettings("scores", "offsets", threshold, minLength, most),
                        Cards.labelled("lines", "line-segment-detection", List.of()))
                .decode(
                        new Prepared(Map.of(), List.of(PICTURE)),
                        new Inference(Map.of("scores", scores, "offsets", offsets), FakeNetwork.NEVER_ASKED))
                .get(0)
                .segments();
    }
}
