package org.menagerie.vision;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.CategoryMask;
import ai.djl.modality.cv.output.DetectedObjects;
import com.google.inject.AbstractModule;
import org.menagerie.spi.DecoderKind;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.spi.PreprocessorKind;
import org.menagerie.vision.proposal.ProposalPreprocessor;
import org.menagerie.vision.proposal.ProposalSettings;

/**
 * Brings the preprocessors {@code image} and {@code image-proposals}, the decoders {@code classification}, {@code
 * segmentation} and {@code objects}, looks at pictures for test-time augmentation, how pictures are read, and how DJL's answers
 * about them are told.
 */
public final class VisionPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("vision", "Pictures to tensors, and class scores to labels and masks.");
    }

    @Override
    protected void configure() {
        PluginBinder binder = PluginBinder.on(binder());
        ImageLooks.bind(binder);
        binder.preprocessor("image", new PreprocessorKind<>(Image.class, ImageSettings.class, ImagePreprocessor::new))
                .preprocessor(
                        "image-proposals",
                        new PreprocessorKind<>(Image.class, ProposalSettings.class, ProposalPreprocessor::new))
                .decoder(
                        "classification",
                        DecoderKind.merging(
                                Classifications.class, ClassificationSettings.class, ClassificationDecoder::new))
                .decoder(
                        "segmentation",
                        DecoderKind.merging(CategoryMask.class, SegmentationSettings.class, SegmentationDecoder::new))
                .decoder(
                        "objects",
                        DecoderKind.merging(DetectedObjects.class, ObjectsSettings.class, ObjectsDecoder::new))
                .input(ImageReader.kind())
                .answer(ClassificationAnswer.kind())
                .answer(DetectionAnswer.kind())
                .answer(MaskAnswer.kind())
                .answer(RecognizedTextAnswer.kind())
                .answer(PointAnswers.point())
                .answer(PointAnswers.joints());
    }
}
