package org.menagerie.text;

import java.util.List;
import org.menagerie.fixtures.contract.PreprocessorContract;
import org.menagerie.spi.Preprocessor;

class TextPreprocessorContractTest extends PreprocessorContract<String> {
    @Override
    protected Preprocessor<String> preprocessor() {
        return new TextPreprocessor(new TokenizerSettings("words", null, null, null, null), TextPreprocessorTest.FILES);
    }

    @Override
    protected List<String> inputs() {
        return List.of("a", "trees fell.", "");
    }
}
