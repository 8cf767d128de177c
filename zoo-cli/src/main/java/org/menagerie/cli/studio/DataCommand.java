package org.menagerie.cli.studio;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.console.Table;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Zoo;
import org.menagerie.spi.InvalidInputException;
import org.menagerie.studio.Studio;
import org.menagerie.training.data.CocoWriter;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.training.data.Splits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zoo data}: writes a data set of pictures with boxes, and masks if it has them, in COCO's format. */
@Command(
        name = "data",
        description =
                "Writes a data set's pictures, boxes and masks in COCO's format: PART.json and the folder PART per part."
                        + " With --describe, lists its columns.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  zoo data fashion-scenes -o scenes --first 100",
            "  zoo data fashion-scenes --describe",
            "  zoo train yolo-small --data coco:scenes/train.json,scenes/train,scenes/test.json,scenes/test,channels=1"
        })
public final class DataCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "DATA", description = "A data set, such as fashion-scenes.")
    String data = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "Folder to write into.")
    @Nullable
    Path output;

    @Option(names = "--describe", description = "Only list the columns: names, shapes, units and padding.")
    boolean describe;

    @Option(
            names = "--split",
            split = ",",
            paramLabel = "PART",
            description = "Parts to write: train, validation, test (default: all).")
    List<String> parts = Splits.PARTS;

    @Option(names = "--first", paramLabel = "N", description = "Write only the first N examples of each part.")
    int first = Integer.MAX_VALUE;

    @Override
    public Integer call() {
        int examples = common.fromArguments(this::examples);
        Path folder = output;
        if (describe == (folder != null)) {
            throw common.wrongUse("Give either -o FOLDER, to write the data, or --describe, to list its columns");
        }
        try (Zoo zoo = Zoo.open(common.zooOptions())) {
            Splits splits = Studio.of(zoo).datasets(common.console()::say).open(data);
            if (folder == null) {
                describe(splits);
                return ExitCodes.OK;
            }
            Map<String, CocoWriter> writers = new LinkedHashMap<>();
            for (String part : parts) {
                writers.put(part, new CocoWriter(splits.part(part)));
            }
            writers.forEach((part, writer) -> {
                Path annotations = folder.resolve(part + ".json");
                int count = writer.write(examples, annotations, folder.resolve(part));
                common.console().say("Wrote %s and %,d pictures".formatted(annotations, count));
            });
        }
        return ExitCodes.OK;
    }

    private void describe(Splits splits) {
        DatasetInfo info = splits.train().info();
        Table table = new Table("COLUMN", "TYPE", "HOLDS");
        info.columns().forEach(column -> table.row(column.name(), column.type(), column.meaning()));
        PrintWriter out = common.console().out();
        table.print(out);
        if (!info.labels().isEmpty()) {
            out.println("%d classes: %s".formatted(info.labels().size(), String.join(", ", info.labels())));
        }
        Splits.PARTS.forEach(part ->
                out.println("%s: %,d examples".formatted(part, splits.part(part).size())));
    }

    private int examples() {
        if (first < 1) {
            throw new InvalidInputException("--first must be at least 1; found " + first);
        }
        return first;
    }
}
