package org.menagerie.studio.whole;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.menagerie.graph.Attributes;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.TensorType;
import org.menagerie.graph.Value;
import org.menagerie.graph.export.GraphDecoderKind;
import org.menagerie.graph.export.WholeGraph;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.ModelCard;
import org.menagerie.spi.Tensor;
import org.menagerie.studio.whole.GreedyChoice.Progress;
import org.menagerie.studio.whole.StepNetwork.Stepped;
import org.menagerie.text.generation.GenerationSettings;
import org.menagerie.text.generation.SpecialTokens;

/**
 * Greedy search by ONNX's operator {@code Loop}: the inputs of the encoder, or {@code prompt i64[N,S]}, to {@code tokens
 * i64[N,T]}, the number of each text's tokens {@code lengths i64[N]}, and {@code log_probabilities f32[N]}.
 *
 * <p>A text's tokens are followed by the end token, and by padding where others are longer. Texts are what {@code beam: 1}
 * writes.
 */
final class GreedyInFile implements GraphDecoderKind {
    private static final String PROMPT = "prompt";
    private static final String ENCODER = "encoder";

    @Override
    public String about() {
        return "writes texts by the most probable token, for cards of the kind text-generation";
    }

    @Override
    public Optional<String> misfit(ModelCard card) {
        boolean generates = card.kind()
                .filter(kind -> kind.name().equals("text-generation"))
                .isPresent();
        if (!generates) {
            return Optional.of("model '%s' does not write texts".formatted(card.name()));
        }
        List<String> rules = settings(card).beyondGreedy();
        return rules.isEmpty()
                ? Optional.empty()
                : Optional.of("the card of model '%s' states %s, which a greedy search in a file does not heed"
                        .formatted(card.name(), String.join(", ", rules)));
    }

    private static GenerationSettings settings(ModelCard card) {
        return card.kind().orElseThrow().settings().as(GenerationSettings.class);
    }

    @Override
    public void build(WholeGraph whole) {
        ModelCard card = whole.card();
        GenerationSettings settings = settings(card);
        SpecialTokens special = SpecialTokens.of(card, settings, whole::file);
        GreedyChoice choice =
                new GreedyChoice(special, Math.max(0, card.labels().indexOf(SpecialTokens.PADDING)));
        boolean encodes = card.artifacts().containsKey(ENCODER);
        Writing written = encodes ? encoded(whole, choice, settings) : prompted(whole, choice, settings);
        GraphBuilder g = whole.builder();
        g.output("tokens", written.tokens());
        g.output("lengths", written.progress().length());
        g.output("log_probabilities", written.progress().log());
        describe(whole, settings);
    }

    /** What a consumer needs to read texts and to show answers. */
    private static void describe(WholeGraph whole, GenerationSettings settings) {
        try {
            whole.describe(
                    "menagerie.labels",
                    new ObjectMapper().writeValueAsString(whole.card().labels()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        String characters = settings.characters();
        if (characters != null) {
            whole.describe("menagerie.characters", characters);
        }
    }

    /** Tokens i64[N,T], and where the texts stand after them. */
    private record Writing(Value tokens, Progress progress) {}

    private static Writing encoded(WholeGraph whole, GreedyChoice choice, GenerationSettings settings) {
        GraphBuilder g = whole.builder();
        Map<String, Value> fixed = new HashMap<>();
        for (Value input : whole.network(ENCODER).inputs()) {
            fixed.put(input.name(), g.input(input.name(), input.type()));
        }
        Value rows = rows(g, g.input(whole.network(ENCODER).inputs().get(0).name()));
        fixed.putAll(whole.add(g, ENCODER, fixed));
        StepNetwork step = StepNetwork.of(whole, rows, fixed);
        Progress begun = GreedyChoice.begin(g, rows, choice.special().start());
        Value none = g.scalar(ElementType.INT64, 0);
        return write(g, choice, step, begun, step.start(), none, settings.longest());
    }

    private static Writing prompted(WholeGraph whole, GreedyChoice choice, GenerationSettings settings) {
        GraphBuilder g = whole.builder();
        Value given = g.input(PROMPT, "i64[N,S]");
        Value rows = rows(g, given);
        int start = choice.special().start();
        Value prompt = start < 0
                ? given
                : g.concat(1, g.expand(g.scalar(ElementType.INT64, start), g.concat(0, rows, g.longs(1))), given);
        Map<String, Value> fixed = new HashMap<>();
        if (whole.card().artifacts().containsKey(PROMPT)) {
            fixed.putAll(whole.add(g, PROMPT, Map.of(PROMPT, prompt)));
        }
        StepNetwork step = StepNetwork.of(whole, rows, fixed);
        Value atEnd = fixed.get("logits");
        Stepped read = atEnd == null ? read(g, step, prompt) : new Stepped(atEnd, step.start());
        Progress first = choice.next(g, read.logits(), GreedyChoice.begin(g, rows, 0));
        Value tokens = g.unsqueeze(first.token(), 1);
        if (settings.longest() == 1) {
            return new Writing(tokens, first);
        }
        Writing rest = write(g, choice, step, first, read.states(), g.extent(prompt, 1), settings.longest() - 1);
        return new Writing(g.concat(1, tokens, rest.tokens()), rest.progress());
    }

    private static Value rows(GraphBuilder g, Value input) {
        return g.op("Shape", Attributes.of("start", 0).with("end", 1), input);
    }

    /** A loop that reads a prompt token by token. */
    private static Stepped read(GraphBuilder g, StepNetwork step, Value prompt) {
        int vocabulary = StepNetwork.vocabulary(step.whole());
        GraphBuilder body = g.body("reading");
        Value at = body.input(body.free("reading_step"), "i64[]");
        Value condition = body.input(body.free("reading_condition"), "bool[]");
        body.input(body.free("read_logits"), TensorType.parse("f32[N,%d]".formatted(vocabulary)));
        Stepped stepped = step.add(body, body.gather(prompt, at, 1), at, step.inputs(body));
        body.output("condition", body.identity(condition));
        body.output("logits", stepped.logits());
        output(body, step, stepped.states());
        List<@Nullable Value> operands = new ArrayList<>();
        operands.add(g.extent(prompt, 1));
        operands.add(null);
        operands.add(g.cast(
                g.expand(g.scalar(ElementType.INT64, 0), g.concat(0, step.rows(), g.longs(vocabulary))),
                ElementType.FLOAT32));
        operands.addAll(step.start());
        List<Value> results = loop(g, body, operands, 1 + step.states().size());
        return new Stepped(results.get(0), results.subList(1, results.size()));
    }

    /** The loop that writes: each turn takes the networks one token further, until all texts have ended. */
    private static Writing write(
            GraphBuilder g,
            GreedyChoice choice,
            StepNetwork step,
            Progress begun,
            List<Value> states,
            Value held,
            int turns) {
        GraphBuilder body = g.body("writing");
        Value at = body.input(body.free("step"), "i64[]");
        body.input(body.free("condition"), "bool[]");
        Progress before = new Progress(
                body.input(body.free("last"), "i64[N]"),
                body.input(body.free("ended"), "bool[N]"),
                body.input(body.free("length"), "i64[N]"),
                body.input(body.free("log"), "f32[N]"));
        Stepped stepped = step.add(body, before.token(), body.add(at, held), step.inputs(body));
        Progress after = choice.next(body, stepped.logits(), before);
        Value open = body.cast(body.not(after.ended()), ElementType.FLOAT32);
        body.output("condition", body.cast(body.maxOver(open, 0), ElementType.BOOL));
        body.output("token", after.token());
        body.output("ended", after.ended());
        body.output("length", after.length());
        body.output("log", after.log());
        output(body, step, stepped.states());
        body.output("written", body.identity(after.token()));

        List<@Nullable Value> operands = new ArrayList<>();
        operands.add(g.scalar(ElementType.INT64, turns));
        operands.add(g.constant(Tensor.of(new boolean[] {true})));
        operands.addAll(List.of(begun.token(), begun.ended(), begun.length(), begun.log()));
        operands.addAll(states);
        List<Value> results = loop(g, body, operands, 5 + states.size());
        return new Writing(
                g.transpose(results.get(results.size() - 1), 1, 0),
                new Progress(results.get(0), results.get(1), results.get(2), results.get(3)));
    }

    private static void output(GraphBuilder body, StepNetwork step, List<Value> states) {
        for (int i = 0; i < states.size(); i++) {
            body.output("next_" + step.states().get(i).name(), states.get(i));
        }
    }

    private static List<Value> loop(GraphBuilder g, GraphBuilder body, List<@Nullable Value> operands, int outputs) {
        return g.ops("Loop", Attributes.of("body", body.build()), outputs, operands.toArray(Value[]::new));
    }
}
