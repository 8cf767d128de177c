package org.menagerie.explain;

import com.google.inject.AbstractModule;
import org.menagerie.explain.imagine.ActivationMaximization;
import org.menagerie.explain.imagine.DeepDream;
import org.menagerie.explain.imagine.ImagineKind;
import org.menagerie.explain.imagine.StyleTransfer;
import org.menagerie.explain.method.Deconvnet;
import org.menagerie.explain.method.GradCam;
import org.menagerie.explain.method.GuidedBackpropagation;
import org.menagerie.explain.method.GuidedGradCam;
import org.menagerie.explain.method.InputTimesGradient;
import org.menagerie.explain.method.IntegratedGradients;
import org.menagerie.explain.method.Occlusion;
import org.menagerie.explain.method.Relevance;
import org.menagerie.explain.method.Rise;
import org.menagerie.explain.method.Saliency;
import org.menagerie.explain.method.SmoothGrad;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;

/** Brings the methods of explanation. */
public final class ExplainPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("explain", "Why a network answers as it does");
    }

    @Override
    protected void configure() {
        PluginBinder kinds = PluginBinder.on(binder());
        bind(kinds, "saliency", Saliency.kind());
        bind(kinds, "guided-backpropagation", GuidedBackpropagation.kind());
        bind(kinds, "deconvnet", Deconvnet.kind());
        bind(kinds, "input-x-gradient", InputTimesGradient.kind());
        bind(kinds, "smooth-grad", SmoothGrad.kind());
        bind(kinds, "integrated-gradients", IntegratedGradients.kind());
        bind(kinds, "grad-cam", GradCam.kind());
        bind(kinds, "guided-grad-cam", GuidedGradCam.kind());
        bind(kinds, "lrp", Relevance.kind());
        bind(kinds, "occlusion", Occlusion.kind());
        bind(kinds, "rise", Rise.kind());
        bind(kinds, "activation-maximization", ActivationMaximization.kind());
        bind(kinds, "deep-dream", DeepDream.kind());
        bind(kinds, "style-transfer", StyleTransfer.kind());
    }

    private static void bind(PluginBinder kinds, String name, ExplanationKind<?> kind) {
        kinds.bind(ExplanationKind.class, name).toInstance(kind);
    }

    private static void bind(PluginBinder kinds, String name, ImagineKind<?> kind) {
        kinds.bind(ImagineKind.class, name).toInstance(kind);
    }
}
