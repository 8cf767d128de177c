package org.menagerie.cli.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Zoo;
import org.menagerie.runtime.Device;
import org.menagerie.studio.Studio;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zoo sample}: what a card keeps of a prediction, so that {@code zoo verify --golden} can tell whether it drifts. */
@Command(
        name = "sample",
        description = "Prints the 'samples' of a card: inputs with the tensors and answers that they give now.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo sample lenet-fashion-mnist resource:META-INF/menagerie/samples/ankle-boot.png",
            "  zoo sample all-minilm-l6-v2 \"The weather is lovely today.\""
        })
public final class SampleCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's name, or CATALOG/NAME.")
    String model = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "INPUT",
            description = "resource:PATH on the class path, a file, a URL, or a text.")
    List<String> inputs = List.of();

    @Override
    public Integer call() throws IOException {
        try (Zoo zoo = Zoo.open(common.zooOptions().withDevice(Device.CPU))) {
            List<ObjectNode> samples = Studio.of(zoo).sample(model, inputs, SampleInputs.of(zoo));
            common.console().out().println("  samples:");
            for (ObjectNode sample : samples) {
                String indent = "    - ";
                for (Map.Entry<String, JsonNode> field : sample.properties()) {
                    String value = JSON.writeValueAsString(field.getValue());
                    common.console().out().println(indent + field.getKey() + ": " + value);
                    indent = "      ";
                }
            }
        }
        return ExitCodes.OK;
    }
}
