package org.menagerie.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.menagerie.cli.console.ExitCodes;
import org.menagerie.cli.option.CommonOptions;
import org.menagerie.hub.Diagnosis;
import org.menagerie.hub.Diagnosis.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code zoo doctor}: whether everything works that models need. */
@Command(
        name = "doctor",
        description = "Checks Java, ONNX Runtime and its providers, plugins, cards, the cache and its disk.",
        footerHeading = "%nExample:%n",
        footer = "  zoo doctor")
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        List<Finding> findings = Diagnosis.of(common.zooOptions());
        findings.forEach(finding -> common.console()
                .out()
                .printf("%-4s %-13s %s%n", finding.good() ? "ok" : "BAD", finding.subject(), finding.text()));
        return findings.stream().allMatch(Finding::good) ? ExitCodes.OK : ExitCodes.FAILURE;
    }
}
