package org.menagerie.contract;

import java.util.Map;
import java.util.SplittableRandom;
import org.menagerie.graph.Architecture;
import org.menagerie.graph.GraphBuilder;
import org.menagerie.graph.Noise;
import org.menagerie.graph.Task;
import org.menagerie.graph.Value;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;

/** Contract tests of architectures with one fault each, beside one without. Surefire leaves nested classes out. */
final class Broken {
    private Broken() {}

    /** What all of them extend: a specimen with the parameters and golden numbers of the sound classifier. */
    abstract static class Case extends ArchitectureContract<Classifier.Config> {
        abstract Classifier architecture();

        Map<String, Tensor> batch(int size, SplittableRandom random) {
            return Classifier.batch(size, random);
        }

        @Override
        protected Specimen<Classifier.Config> specimen() {
            Classifier architecture = architecture();
            return new Specimen<>(
                    architecture,
                    new Classifier.Config(3),
                    16 * 16 + 16 + 32 + 16 * 3 + 3,
                    (size, random) -> batch(size, (SplittableRandom) random),
                    Map.of(architecture.output(), new float[] {-0.392634f}),
                    0.01);
        }
    }

    static final class Sound extends Case {
        @Override
        Classifier architecture() {
            return new Classifier();
        }
    }

    static final class TrainingScalesItsLogits extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                Value head(GraphBuilder g, Value x, Config config) {
                    Value logits = super.head(g, x, config);
                    return g.isTraining() ? g.mul(logits, 1.05) : logits;
                }
            };
        }
    }

    static final class TrainingHasAnotherActivation extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                Value hidden(GraphBuilder g, Value x) {
                    Value y = g.linear("hidden", x, 16);
                    Value normed = g.batchNorm("norm", y);
                    return g.isTraining() ? g.relu(normed) : g.tanh(normed);
                }
            };
        }
    }

    /** Training subtracts the batch's mean, and nothing keeps one for inference. */
    static final class MeanOfTheBatchAlone extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                Value hidden(GraphBuilder g, Value x) {
                    Value y = g.linear("hidden", x, 16);
                    Value centred = g.isTraining() ? g.sub(y, g.unsqueeze(g.mean(y, 0), 0)) : y;
                    return g.tanh(g.batchNorm("norm", centred));
                }
            };
        }
    }

    /** Dropout by hand that forgets to make up for what it drops. */
    static final class DropoutWithoutItsScale extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                Value hidden(GraphBuilder g, Value x) {
                    Value y = super.hidden(g, x);
                    if (!g.isTraining()) {
                        return y;
                    }
                    Value noise = g.noise(y.type(), Noise.Distribution.UNIFORM);
                    Value kept = g.greaterOrEqual(noise, g.scalar(ElementType.FLOAT32, 0.7));
                    return g.mul(y, g.cast(kept, ElementType.FLOAT32));
                }
            };
        }
    }

    static final class DetachedLayer extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                Value hidden(GraphBuilder g, Value x) {
                    return g.detach(super.hidden(g, x));
                }
            };
        }
    }

    static final class UnusedParameter extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                Value head(GraphBuilder g, Value x, Config config) {
                    Value unused = g.linear("unused", x, 2);
                    return g.add(super.head(g, x, config), g.mul(g.mean(unused), 0));
                }
            };
        }
    }

    static final class UnknownDecoder extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                public Task task(Config config) {
                    return new Task("image-classification", "clasification", Map.of("output", "logits"));
                }
            };
        }
    }

    static final class UnknownKind extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                public Task task(Config config) {
                    return Task.whole("text2text-generation", "text-generator", Map.of());
                }
            };
        }
    }

    static final class UnknownSetting extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                public Task task(Config config) {
                    return new Task("image-classification", "classification", Map.of("output", "logits", "top", 3));
                }
            };
        }
    }

    static final class OutputOfAnotherName extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                String output() {
                    return "scores";
                }

                @Override
                public Value loss(GraphBuilder g, Config config) {
                    return g.crossEntropy(g.output("scores"), g.input("label", "i64[N]"));
                }
            };
        }
    }

    static final class OutputTheTaskLeavesOut extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                Value head(GraphBuilder g, Value x, Config config) {
                    return super.head(g, g.output("features", x), config);
                }
            };
        }
    }

    /** Its test misspells the column as its loss does, so that only real data would show it. */
    static final class MisspeltColumn extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                public Value loss(GraphBuilder g, Config config) {
                    return g.crossEntropy(g.output("logits"), g.input("lable", "i64[N]"));
                }
            };
        }

        @Override
        Map<String, Tensor> batch(int size, SplittableRandom random) {
            Map<String, Tensor> batch = super.batch(size, random);
            return Map.of("image", batch.get("image"), "lable", batch.get("label"));
        }
    }

    static final class ColumnOfAnotherType extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                public Value loss(GraphBuilder g, Config config) {
                    return g.meanSquaredError(g.output("logits"), g.input("label", "f32[N,3]"));
                }
            };
        }

        @Override
        Map<String, Tensor> batch(int size, SplittableRandom random) {
            return Map.of("image", super.batch(size, random).get("image"), "label", uniform(random, size, 3));
        }
    }

    static final class SummedLoss extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                public Value loss(GraphBuilder g, Config config) {
                    Value loss = Architecture.classificationLoss(g);
                    return g.mul(loss, g.count(g.input("label"), ElementType.FLOAT32, 0));
                }
            };
        }
    }

    /** Its weights are fed through an operator whose slope is nowhere. */
    static final class LossThatCannotFall extends Case {
        @Override
        Classifier architecture() {
            return new Classifier() {
                @Override
                public Value loss(GraphBuilder g, Config config) {
                    Value loss = Architecture.classificationLoss(g);
                    return g.add(g.detach(g.mul(loss, 2)), g.neg(loss));
                }
            };
        }
    }
}
