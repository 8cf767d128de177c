package org.menagerie.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a command did.
 *
 * @param exitCode it ended with
 * @param out what it wrote on standard output
 * @param err what it wrote on standard error
 */
record Command(int exitCode, String out, String err) {
    static Command zoo(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Command(exitCode, out.toString(), err.toString());
    }
}
