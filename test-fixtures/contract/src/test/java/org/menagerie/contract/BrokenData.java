package org.menagerie.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.menagerie.spi.ElementType;
import org.menagerie.spi.Tensor;
import org.menagerie.spi.ZooException;
import org.menagerie.training.data.BatchMemory;
import org.menagerie.training.data.Column;
import org.menagerie.training.data.Dataset;
import org.menagerie.training.data.DatasetInfo;
import org.menagerie.training.data.DatasetKind;
import org.menagerie.training.data.Subset;

/** Contract tests of a kind of data sets without a fault, and of ones with one fault each. */
final class BrokenData {
    private BrokenData() {}

    static class Sound extends DatasetContract {
        @Override
        protected DatasetKind kind() {
            return new NumbersData();
        }

        @Override
        protected String write(Path folder) throws IOException {
            return Files.writeString(folder.resolve(NumbersData.FILE), NumbersData.TEXT)
                    .toString();
        }
    }

    /** The hash does not follow from the data. */
    static final class HashesAtRandom extends Sound {
        @Override
        protected DatasetKind kind() {
            return new NumbersData() {
                @Override
                Dataset all(List<Float> values) {
                    return new Numbers(values, info(List.of((float) Math.random())));
                }
            };
        }
    }

    static final class GivesAnUndeclaredColumn extends Sound {
        @Override
        protected DatasetKind kind() {
            return new NumbersData() {
                @Override
                Dataset all(List<Float> values) {
                    return new Numbers(values, info(values)) {
                        @Override
                        public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
                            Map<String, Tensor> batch = new HashMap<>(super.batch(indices, memory));
                            batch.put("more", Tensor.of(new float[indices.length], indices.length));
                            return batch;
                        }
                    };
                }
            };
        }
    }

    static final class DeclaresAnotherSize extends Sound {
        @Override
        protected DatasetKind kind() {
            return declaring(List.of(Column.of("image", "f32[B,1,2,1]"), Column.of("label", "i64[B]")));
        }
    }

    private static DatasetKind declaring(List<Column> columns) {
        return new NumbersData() {
            @Override
            Dataset all(List<Float> values) {
                DatasetInfo sound = info(values);
                return new Numbers(values, new DatasetInfo(sound.name(), sound.sha256(), columns, sound.labels()));
            }
        };
    }

    /** No network or loss knows a column of this name. */
    static final class MisspellsAColumn extends Sound {
        @Override
        protected DatasetKind kind() {
            return new NumbersData() {
                @Override
                Dataset all(List<Float> values) {
                    DatasetInfo sound = info(values);
                    List<Column> columns = List.of(Column.of("image", "f32[B,1,1,1]"), Column.of("lable", "i64[B]"));
                    return new Numbers(values, new DatasetInfo(sound.name(), sound.sha256(), columns, sound.labels())) {
                        @Override
                        public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
                            Map<String, Tensor> batch = super.batch(indices, memory);
                            return Map.of("image", Column.in(batch, "image"), "lable", Column.in(batch, "label"));
                        }
                    };
                }
            };
        }
    }

    static final class AddsNoise extends Sound {
        private int calls;

        @Override
        protected DatasetKind kind() {
            return new NumbersData() {
                @Override
                Dataset all(List<Float> values) {
                    return new Numbers(values, info(values)) {
                        @Override
                        float value(int index) {
                            return super.value(index) + 0.001f * ++calls;
                        }
                    };
                }
            };
        }
    }

    static final class IgnoresTheMemory extends Sound {
        @Override
        protected DatasetKind kind() {
            return new NumbersData() {
                @Override
                Dataset all(List<Float> values) {
                    BatchMemory shared = new BatchMemory();
                    return new Numbers(values, info(values)) {
                        @Override
                        public synchronized Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
                            return super.batch(indices, shared);
                        }
                    };
                }
            };
        }
    }

    /** A cursor that two threads move. */
    static final class HoldsACursor extends Sound {
        @Override
        protected DatasetKind kind() {
            return new NumbersData() {
                @Override
                Dataset all(List<Float> values) {
                    return new Numbers(values, info(values)) {
                        private volatile int cursor;

                        @Override
                        float value(int index) {
                            cursor = index;
                            LockSupport.parkNanos(10_000);
                            return super.value(cursor);
                        }
                    };
                }
            };
        }
    }

    static final class TestsOnWhatItTrainsOn extends Sound {
        @Override
        protected DatasetKind kind() {
            return new NumbersData() {
                @Override
                Dataset part(Dataset all, String name, int from, int to) {
                    return Subset.range(all, name, Math.max(0, from - 1), to);
                }
            };
        }
    }

    static final class LabelsBeyondItsClasses extends Sound {
        @Override
        protected DatasetKind kind() {
            return new NumbersData() {
                @Override
                Dataset all(List<Float> values) {
                    return new Numbers(values, info(values)) {
                        @Override
                        long label(float value) {
                            return value == 7 ? 2 : super.label(value);
                        }
                    };
                }
            };
        }
    }

    static final class WrapsIndices extends Sound {
        @Override
        protected DatasetKind kind() {
            return new NumbersData() {
                @Override
                Dataset part(Dataset all, String name, int from, int to) {
                    Dataset sound = super.part(all, name, from, to);
                    return new Dataset() {
                        @Override
                        public DatasetInfo info() {
                            return sound.info();
                        }

                        @Override
                        public int size() {
                            return sound.size();
                        }

                        @Override
                        public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
                            return sound.batch(
                                    IntStream.of(indices)
                                            .map(index -> Math.floorMod(index, size()))
                                            .toArray(),
                                    memory);
                        }
                    };
                }
            };
        }
    }

    static final class ReadsWhatIsThere extends Sound {
        @Override
        protected DatasetKind kind() {
            return new NumbersData() {
                @Override
                List<Float> read(Path file) {
                    try {
                        return super.read(file);
                    } catch (ZooException e) {
                        return List.of(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f);
                    }
                }
            };
        }
    }

    static final class DoesNotSayWhichFile extends Sound {
        @Override
        protected DatasetKind kind() {
            return new NumbersData() {
                @Override
                List<Float> read(Path file) {
                    try {
                        return super.read(file);
                    } catch (ZooException e) {
                        throw new ZooException("The data cannot be read", e);
                    }
                }
            };
        }
    }

    static final class GivesAnotherType extends Sound {
        @Override
        protected DatasetKind kind() {
            return new NumbersData() {
                @Override
                Dataset all(List<Float> values) {
                    return new Numbers(values, info(values)) {
                        @Override
                        public Map<String, Tensor> batch(int[] indices, BatchMemory memory) {
                            Tensor label = memory.tensor("narrow", ElementType.INT32, indices.length);
                            return Map.of("image", Column.in(super.batch(indices, memory), "image"), "label", label);
                        }
                    };
                }
            };
        }
    }
}
