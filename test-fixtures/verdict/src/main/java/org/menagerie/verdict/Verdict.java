package org.menagerie.verdict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What all tests of a build did. A build is green if no test failed, every skipped test is on a list with a reason, and
 * every test class ran.
 *
 * <p>It is one file so that {@code java Verdict.java FOLDER} runs without a build, after one that failed too.
 *
 * @param passed the number of tests that passed
 * @param failed the names of those that did not
 * @param skipped those that were skipped
 * @param silent test classes and methods of which the reports say nothing: left out, or skipped before they began
 * @param allowed the list of skips
 */
public record Verdict(
        int passed, List<String> failed, List<Skip> skipped, Set<String> silent, List<Allowance> allowed) {
    /** Where the list lies in a checkout. */
    static final String LIST = ".ci/allowed-skips";

    private static final String SOURCES = "/src/test/java/";

    private static final Pattern ANNOTATION =
            Pattern.compile("\\s+@(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate)\\b.*");

    private static final Pattern METHOD = Pattern.compile("\\s+(?:\\w+ )*(?:void|[A-Z]\\w*(?:<.*>)?) (\\w+)\\(.*");

    private static final Pattern INHERITED = Pattern.compile("\\bextends \\w+(?:Contract|Test)\\b");

    private static final Pattern BASE_CLASS = Pattern.compile("\\babstract class \\w+Test\\b");

    /** Text blocks, strings, characters and comments, in which tests may be written about. */
    private static final Pattern PROSE = Pattern.compile(
            "\"\"\"(?:[^\"\\\\]++|\\\\[\\s\\S]|\"(?!\"\"))*+\"\"\"|\"(?:[^\"\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\n]++|\\\\.)*+'"
                    + "|/\\*[\\s\\S]*?\\*/|//[^\n]*");

    /** A test that was skipped, and what it said. */
    record Skip(String test, String said) {}

    /**
     * A line {@code TEST | WHAT IT SAYS | REASON} of the list.
     *
     * @param test {@code Class#method}, with {@code *} for any characters
     * @param says a part of what the skipped test says
     * @param reason why it may be skipped
     */
    record Allowance(String test, String says, String reason) {
        static Allowance parse(String line) {
            String[] parts = line.split("\\|", -1);
            if (parts.length != 3 || parts[0].isBlank() || parts[1].isBlank() || parts[2].isBlank()) {
                throw new IllegalArgumentException(
                        "%s: expected 'TEST | WHAT IT SAYS | REASON', found '%s'".formatted(LIST, line));
            }
            return new Allowance(parts[0].strip(), parts[1].strip(), parts[2].strip());
        }

        boolean covers(Skip skip) {
            String pattern = Pattern.quote(test).replace("*", "\\E.*\\Q");
            return skip.test().matches(pattern) && skip.said().contains(says);
        }
    }

    /** Prints the verdict on the checkout in the first argument and exits with 1 unless it is green. */
    public static void main(String[] arguments) throws IOException {
        Verdict verdict = of(
                Path.of(arguments.length > 0 ? arguments[0] : "").toAbsolutePath(),
                arguments.length > 1 ? Instant.parse(arguments[1]) : Instant.MIN);
        System.out.println(verdict.text());
        if (!verdict.green()) {
            System.exit(1);
        }
    }

    /**
     * Reads the reports of a checkout.
     *
     * @param since when the build began; older reports count as missing
     */
    static Verdict of(Path root, Instant since) throws IOException {
        Path list = root.resolve(LIST);
        List<Allowance> allowed = Files.readAllLines(list).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Allowance::parse)
                .toList();
        Verdict verdict = new Verdict(0, new ArrayList<>(), new ArrayList<>(), new TreeSet<>(), allowed);
        for (Path source : testsOf(root)) {
            verdict = verdict.with(root, source, since);
        }
        return verdict;
    }

    /** The sources of test classes in every module. */
    private static Set<Path> testsOf(Path root) throws IOException {
        Set<Path> tests = new TreeSet<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = String.valueOf(folder.getFileName());
                boolean aside = name.equals("target") || (name.startsWith(".") && !folder.equals(root));
                return aside ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.toString().matches(".*" + SOURCES + ".*Test\\.java") && runs(code(file))) {
                    tests.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return tests;
    }

    private static String code(Path source) throws IOException {
        return PROSE.matcher(Files.readString(source)).replaceAll("\"\"");
    }

    private static boolean runs(String source) {
        return (!methods(source).isEmpty() || INHERITED.matcher(source).find())
                && !BASE_CLASS.matcher(source).find();
    }

    /** The names of the test methods in a source. */
    private static Set<String> methods(String source) {
        Set<String> methods = new TreeSet<>();
        boolean annotated = false;
        for (String line : source.lines().toList()) {
            annotated |= ANNOTATION.matcher(line).matches();
            Matcher method = METHOD.matcher(line);
            if (annotated && method.matches()) {
                methods.add(method.group(1));
                annotated = false;
            }
        }
        return methods;
    }

    /** This verdict with one more test class, nested ones included. */
    private Verdict with(Path root, Path source, Instant since) throws IOException {
        String path = source.toString();
        int java = path.indexOf(SOURCES);
        String name = path.substring(java + SOURCES.length(), path.length() - ".java".length())
                .replace('/', '.');
        Path reports = Path.of(path.substring(0, java), "target", "surefire-reports");
        List<Element> cases = new ArrayList<>();
        if (Files.isDirectory(reports)) {
            try (var files = Files.newDirectoryStream(reports, "TEST-" + name + "*.xml")) {
                for (Path report : files) {
                    String rest = String.valueOf(report.getFileName()).substring(("TEST-" + name).length());
                    boolean ofThisClass = rest.startsWith(".xml") || rest.startsWith("$");
                    if (ofThisClass
                            && !Files.getLastModifiedTime(report).toInstant().isBefore(since)) {
                        cases.addAll(cases(report));
                    }
                }
            }
        }
        if (cases.isEmpty()) {
            silent.add(root.relativize(source).toString());
        } else {
            for (String method : methods(code(source))) {
                if (cases.stream().noneMatch(test -> test.getAttribute("name").matches(method + "(\\W.*)?"))) {
                    silent.add(root.relativize(source) + " " + method);
                }
            }
        }
        return plus(cases);
    }

    private static List<Element> cases(Path report) throws IOException {
        try (InputStream in = Files.newInputStream(report)) {
            NodeList found = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getElementsByTagName("testcase");
            return IntStream.range(0, found.getLength())
                    .mapToObj(i -> (Element) found.item(i))
                    .toList();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(report + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Verdict plus(List<Element> cases) {
        int more = 0;
        for (Element test : cases) {
            String name = test.getAttribute("classname") + "#" + test.getAttribute("name");
            NodeList skips = test.getElementsByTagName("skipped");
            if (skips.getLength() > 0) {
                Element skip = (Element) skips.item(0);
                String said = skip.getAttribute("message") + skip.getTextContent();
                skipped.add(new Skip(name, said.strip().lines().findFirst().orElse("")));
            } else if (test.getElementsByTagName("failure").getLength() > 0
                    || test.getElementsByTagName("error").getLength() > 0) {
                failed.add(name);
            } else {
                more++;
            }
        }
        return new Verdict(passed + more, failed, skipped, silent, allowed);
    }

    private Optional<Allowance> allowance(Skip skip) {
        return allowed.stream().filter(candidate -> candidate.covers(skip)).findFirst();
    }

    /** True if nothing failed, nothing was skipped without a listed reason, and nothing was left out. */
    boolean green() {
        return passed > 0
                && failed.isEmpty()
                && silent.isEmpty()
                && skipped.stream().allMatch(skip -> allowance(skip).isPresent());
    }

    /** Everything that did not pass, and a last line with the numbers. */
    String text() {
        StringBuilder text = new StringBuilder();
        failed.forEach(test -> text.append("FAILED   ").append(test).append('\n'));
        silent.forEach(test ->
                text.append("NOT RUN  ").append(test).append(": the reports of this build do not mention it\n"));
        TreeMap<String, Integer> reasons = new TreeMap<>();
        for (Skip skip : skipped) {
            Optional<Allowance> allowance = allowance(skip);
            if (allowance.isEmpty()) {
                text.append(
                        "SKIPPED  %s says '%s', which %s does not allow%n".formatted(skip.test(), skip.said(), LIST));
            } else {
                reasons.merge(allowance.get().reason(), 1, Integer::sum);
            }
        }
        reasons.forEach((reason, count) -> text.append("skipped  %d: %s%n".formatted(count, reason)));
        return text.append("%d passed, %d failed, %d skipped".formatted(passed, failed.size(), skipped.size()))
                .toString();
    }
}
