package org.menagerie.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTest {
    private static final String PASSED = "<testcase classname='a.ATest' name='passes'/>";
    private static final String OFFLINE =
            "<testcase classname='a.ATest' name='loads'><skipped message='Offline, and not here: x.onnx'/></testcase>";
    private static final String DISABLED =
            "<testcase classname='a.ATest' name='later'><skipped message='too slow'/></testcase>";
    private static final String FAILED =
            "<testcase classname='a.ATest' name='breaks'><failure message='1 is not 2'/></testcase>";
    private static final String ERROR = "<testcase classname='a.ATest' name='dies'><error message='oops'/></testcase>";

    @TempDir
    Path root = Path.of("");

    @BeforeEach
    void module() throws IOException {
        write(".ci/allowed-skips", "# a comment\n\na.A* | Offline, and not here | offline by ZOO_OFFLINE\n");
        source("a/ATest", "class ATest {\n    @Test\n    void passes() {}\n}\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private void source(String name, String text) throws IOException {
        write("m/src/test/java/" + name + ".java", text);
    }

    private void report(String test, String... cases) throws IOException {
        write(
                "m/target/surefire-reports/TEST-" + test + ".xml",
                "<testsuite>" + String.join("", cases) + "</testsuite>");
    }

    private Verdict verdict() throws IOException {
        return Verdict.of(root, Instant.MIN);
    }

    @Test
    void passedTestsAndAllowedSkipsAreGreen() throws IOException {
        report("a.ATest", PASSED, OFFLINE);
        assertThat(verdict().green()).isTrue();
        assertThat(verdict().text()).isEqualTo("""
                skipped  1: offline by ZOO_OFFLINE
                1 passed, 0 failed, 1 skipped""");
    }

    @Test
    void aSkipThatSaysSomethingElseIsRed() throws IOException {
        report("a.ATest", PASSED, DISABLED);
        assertThat(verdict().green()).isFalse();
        assertThat(verdict().text()).isEqualTo("""
                SKIPPED  a.ATest#later says 'too slow', which .ci/allowed-skips does not allow
                1 passed, 0 failed, 1 skipped""");
    }

    @Test
    void anAllowanceHoldsForItsTestsOnly() throws IOException {
        write(".ci/allowed-skips", "a.ATest#later | Offline | offline\n");
        report("a.ATest", PASSED, OFFLINE);
        assertThat(verdict().green()).isFalse();
    }

    @Test
    void failuresAndErrorsAreRed() throws IOException {
        report("a.ATest", PASSED, FAILED, ERROR);
        assertThat(verdict().green()).isFalse();
        assertThat(verdict().text()).isEqualTo("""
                FAILED   a.ATest#breaks
                FAILED   a.ATest#dies
                1 passed, 2 failed, 0 skipped""");
    }

    @Test
    void aTestClassThatDidNotRunIsRed() throws IOException {
        report("a.ATest", PASSED);
        source("a/OtherTest", "class OtherTest extends ArchitectureContract<X> {}");
        source("a/BaseTest", "abstract class BaseTest {\n    @Test\n    void passes() {}\n}\n");
        source("a/Helper", "class Helper {}");
        assertThat(verdict().green()).isFalse();
        assertThat(verdict().text()).isEqualTo("""
                NOT RUN  m/src/test/java/a/OtherTest.java: the reports of this build do not mention it
                1 passed, 0 failed, 0 skipped""");
    }

    /** JUnit reports nothing of tests whose class or argument source makes an assumption that does not hold. */
    @Test
    void aTestMethodThatNoReportMentionsIsRed() throws IOException {
        source("a/ATest", """
                class ATest {
                    static Stream<Integer> numbers() { return abort(); }

                    @Test
                    void passes() {}

                    @ParameterizedTest(name = "{0} (more)")
                    @CsvSource({"1, f(x)", "2, g(x)"})
                    void skippedByItsSource(int number, String text) {}

                    @TestFactory
                    Stream<DynamicTest> many() {}
                }
                """);
        report("a.ATest", PASSED, "<testcase classname='a.ATest' name='many()[1]'/>");
        assertThat(verdict().green()).isFalse();
        assertThat(verdict().text()).isEqualTo("""
                NOT RUN  m/src/test/java/a/ATest.java skippedByItsSource: the reports of this build do not mention it
                2 passed, 0 failed, 0 skipped""");
        report("a.ATest", PASSED, "<testcase name='many()[1]'/>", "<testcase name='skippedByItsSource(int)[1]'/>");
        assertThat(verdict().green()).isTrue();
        report("a.ATest");
        assertThat(verdict().text()).startsWith("NOT RUN  m/src/test/java/a/ATest.java: ");
    }

    @Test
    void whatATestWritesAboutTestsIsNotTakenForOnes() throws IOException {
        source("a/ATest", """
                /* abstract class BTest {
                    @Test
                    void commented() {}
                */
                class ATest {
                    private static final String BASE = "abstract class CTest";
                    private static final char QUOTE = '"'; // abstract class DTest

                    @Test
                    void passes() {
                        source(\"""
                                @Test
                                void quoted() {}
                                \""");
                    }
                }
                """);
        report("a.ATest", PASSED);
        assertThat(verdict().text()).isEqualTo("1 passed, 0 failed, 0 skipped");
        report("a.ATest");
        assertThat(verdict().text()).startsWith("NOT RUN  m/src/test/java/a/ATest.java: ");
    }

    @Test
    void aTestClassThatInheritsItsTestsMustRunToo() throws IOException {
        report("a.ATest", PASSED);
        source("a/HeirTest", "class HeirTest extends BaseTest {}");
        assertThat(verdict().text()).startsWith("NOT RUN  m/src/test/java/a/HeirTest.java: ");
    }

    @Test
    void anAbortedTestSaysWhyInTheReportsText() throws IOException {
        report(
                "a.ATest",
                PASSED,
                "<testcase classname='a.ATest' name='loads'><skipped type='TestAbortedException'>"
                        + "<![CDATA[TestAbortedException: Offline, and not here: x.onnx\nmore\n]]></skipped></testcase>");
        assertThat(verdict().green()).isTrue();
    }

    @Test
    void aReportOfAnEarlierBuildIsNone() throws IOException {
        report("a.ATest", PASSED);
        Instant start = Instant.parse("2026-11-30T09:00:00Z");
        Path report = root.resolve("m/target/surefire-reports/TEST-a.ATest.xml");
        Files.setLastModifiedTime(report, FileTime.from(start.minusSeconds(1)));
        assertThat(Verdict.of(root, start).green()).isFalse();
        assertThat(Verdict.of(root, start).text()).startsWith("NOT RUN  m/src/test/java/a/ATest.java");
        Files.setLastModifiedTime(report, FileTime.from(start.plusSeconds(1)));
        assertThat(Verdict.of(root, start).green()).isTrue();
    }

    @Test
    void nestedClassesCountAndOtherClassesWithTheSameBeginningDoNot() throws IOException {
        report("a.ATest$Inner", PASSED, PASSED);
        report("a.ATest", "<testcase classname='a.ATest' name='fails'><error message='oops'/></testcase>");
        report("a.ATestOfOld", FAILED);
        assertThat(verdict().text()).endsWith("2 passed, 1 failed, 0 skipped");
    }

    @Test
    void aBuildWithoutTestsIsRed() throws IOException {
        Files.delete(root.resolve("m/src/test/java/a/ATest.java"));
        assertThat(verdict().green()).isFalse();
        assertThat(verdict().text()).isEqualTo("0 passed, 0 failed, 0 skipped");
    }

    @Test
    void anAllowanceNeedsAReason() throws IOException {
        write(".ci/allowed-skips", "a.ATest#* | Offline |\n");
        assertThatThrownBy(this::verdict)
                .hasMessage(
                        ".ci/allowed-skips: expected 'TEST | WHAT IT SAYS | REASON', found 'a.ATest#* | Offline |'");
    }
}
