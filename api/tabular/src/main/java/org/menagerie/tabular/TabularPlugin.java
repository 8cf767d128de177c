package org.menagerie.tabular;

import com.google.inject.AbstractModule;
import org.menagerie.spi.ModelPlugin;
import org.menagerie.spi.PluginBinder;
import org.menagerie.spi.PluginInfo;
import org.menagerie.spi.PreprocessorKind;

/** Brings the preprocessor {@code row}, and how rows of numbers are read. */
public final class TabularPlugin extends AbstractModule implements ModelPlugin {
    @Override
    public PluginInfo info() {
        return new PluginInfo("tabular", "Rows of numbers to feature tensors.");
    }

    @Override
    protected void configure() {
        PluginBinder.on(binder())
                .preprocessor("row", new PreprocessorKind<>(float[].class, RowSettings.class, RowPreprocessor::new))
                .input(RowInput.kind());
    }
}
