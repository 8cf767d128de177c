package org.menagerie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.fixtures.Fixtures;

/** Options that do not fit a model are refused, and the error lists those that do. */
class SettingOptionsTest {
    private static final String MODEL = "lenet-fashion-mnist";

    @TempDir
    Path folder = Path.of("");

    private static void wrongUse(Command command, String message) {
        assertThat(command.exitCode()).as(command.err()).isEqualTo(ExitCodes.USAGE);
        assertThat(command.err()).startsWith("zoo: " + message).doesNotContain("\tat ");
        assertThat(command.out()).isEmpty();
    }

    private Command run(String... options) throws java.io.IOException {
        Path picture = Fixtures.copy("images/ankle-boot.png", folder);
        String[] all = new String[options.length + 3];
        all[0] = "run";
        all[1] = MODEL;
        all[2] = picture.toString();
        System.arraycopy(options, 0, all, 3, options.length);
        return Command.zoo(all);
    }

    @Test
    void optionsOfAnotherKindOfModelAreRefused() throws Exception {
        wrongUse(
                run("--beam", "7", "--temperature", "3"),
                "--beam 7, --temperature 3.0 do not fit model 'lenet-fashion-mnist': its decoder 'classification' takes"
                        + " --top-k, and --set with activation, output");
        wrongUse(run("--seed", "7"), "--seed 7 does not fit model");
        wrongUse(run("--set", "threshold=0.5"), "--set threshold=0.5 does not fit model");
        wrongUse(run("--attention", "map.png"), "--attention draws a text that the model writes");
        wrongUse(run("--similarity"), "--similarity compares vectors");
        wrongUse(run("-o", folder.resolve("out").toString()), "--output has no effect on a model with a card");
        wrongUse(
                Command.zoo("eval", MODEL, "--beam", "9"),
                "--beam 9 does not fit model 'lenet-fashion-mnist': its decoder 'classification' takes --set with"
                        + " activation, output, topK");
        wrongUse(
                Command.zoo("eval", "yolo-fashion-scenes", "--n-best", "2"),
                "--n-best 2 does not fit model 'yolo-fashion-scenes': its decoder 'yolo' takes --set with iou, most,");
    }

    @Test
    void looksAreNamedForDecodersThatMergeThem() throws Exception {
        String plain = run().out();
        assertThat(run("--set", "tta=none").out()).isEqualTo(plain);
        assertThat(run("--set", "tta=flip,shift:by=.1").out())
                .contains("Ankle boot")
                .isNotEqualTo(plain);
        wrongUse(
                run("--set", "tta=flop"),
                "--set tta=flop: Setting 'tta' of model 'lenet-fashion-mnist': there is no look 'flop' at Image"
                        + " (did you mean 'flip'?); known are flip, scale, shift, and none");
        wrongUse(
                run("--set", "tta=none,flip"),
                "--set tta=none,flip: Setting 'tta' of model 'lenet-fashion-mnist': 'none' stands for no further look");
        assertThat(run("--set", "tta=scale:by=1").err()).contains("by must be 0.25 to 4 and not 1");
        assertThat(run("--set", "tta=scale:to=2").err()).contains("unknown field 'to'; expected by");
        wrongUse(
                Command.zoo("eval", "overfeat-fashion-scenes", "--set", "tta=flip"),
                "--set tta=flip does not fit model 'overfeat-fashion-scenes': its decoder 'overfeat' takes --set with");
    }

    @Test
    void aNumberMayBeginWithItsPoint() throws Exception {
        wrongUse(
                run("--set", "topK=.2"),
                "--set topK=.2: Settings given to model 'lenet-fashion-mnist': 'topK' must be an integer, found number '0.2'");
    }

    @Test
    void anOnnxFileTakesNoOptionsOfModels() {
        wrongUse(
                Command.zoo("run", "x.onnx", "x.npy", "--beam", "3", "--draw", "a.png"),
                "--beam, --draw have no effect on an .onnx file without a card, which takes --device, --json, --output");
        wrongUse(Command.zoo("run", "x.onnx", "x.npy", "--top-k", "3"), "--top-k has no effect on an .onnx file");
    }

    @Test
    void optionsThatFitReachTheDecoder() throws Exception {
        assertThat(run().out()).hasLineCount(5);
        assertThat(run("--top-k", "7").out()).hasLineCount(7);
        assertThat(run("--set", "topK=2").out()).hasLineCount(2).startsWith("0.9889  Ankle boot");
        // Without softmax the numbers are the network's logits.
        assertThat(run("--set", "topK=1", "--set", "activation=none").out()).doesNotStartWith("0.9889");
    }
}
