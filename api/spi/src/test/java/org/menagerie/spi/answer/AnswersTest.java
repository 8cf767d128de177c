package org.menagerie.spi.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswersTest {
    interface Marked {}

    static class Base implements Marked {}

    static class Derived extends Base {}

    record Pair(int left, Optional<List<Base>> right) {}

    /** Has no {@code toString} of its own. */
    public static final class Bean {
        public int getCount() {
            return 3;
        }
    }

    private static <O> AnswerKind<O> kind(Class<O> type) {
        return new AnswerKind<>(type, (answer, view) -> List.of("a " + type.getSimpleName()));
    }

    @Test
    void theMostSpecificSupertypeTells() {
        Answers both = new Answers(List.of(kind(Marked.class), kind(Base.class)));
        assertThat(both.view(null).text(new Derived())).containsExactly("a Base");
        assertThat(both.view(null).text(new Base())).containsExactly("a Base");
        Answers one = new Answers(List.of(kind(Marked.class)));
        assertThat(one.view(null).text(new Derived())).containsExactly("a Marked");
    }

    @Test
    void aClassIsMoreSpecificThanAnUnrelatedInterface() {
        Answers answers = new Answers(List.of(kind(Comparable.class), kind(Number.class)));
        assertThat(answers.view(null).text(7)).containsExactly("a Number");
    }

    @Test
    void twoKindsOfOneTypeAreRefused() {
        assertThatThrownBy(() -> new Answers(List.of(kind(Base.class), kind(Base.class))))
                .hasMessage("Two answer kinds are of type " + Base.class.getName());
    }

    @Test
    void answersWithoutAKindAreToldByTheirParts() {
        AnswerView view = new Answers(
                        List.of(kind(Base.class).json((base, around) -> around.json(Map.of("base", true)))))
                .view(null);
        assertThat(view.json(new Pair(1, Optional.of(List.of(new Derived())))))
                .hasToString("{\"left\":1,\"right\":[{\"base\":true}]}");
        assertThat(view.json(new int[] {1, 2})).hasToString("[1,2]");
        assertThat(view.json(null)).hasToString("null");
        assertThat(view.json("text")).hasToString("\"text\"");
        assertThat(view.text(List.of("one\ntwo", new Base()))).containsExactly("one", "two", "a Base");
        assertThat(view.text(null)).isEmpty();
    }

    @Test
    void whatHasNoTextOfItsOwnIsToldByItsProperties() {
        AnswerView view = new Answers(List.of()).view(null);
        assertThat(view.text(new Bean())).containsExactly("{", "  \"count\" : 3", "}");
        assertThat(view.json(new Bean())).hasToString("{\"count\":3}");
        assertThat(view.text(new int[] {1, 2})).containsExactly("[ 1, 2 ]");
    }

    @Test
    void picturesNeedAnInputOfTheirType() {
        BufferedImage drawn = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Answers answers = new Answers(List.of(kind(Base.class).drawnOn(String.class, (input, base, view) -> drawn)));
        assertThat(answers.view("input").image(AnswerKind.DRAWING, new Derived()))
                .containsSame(drawn);
        assertThat(answers.view(1).image(AnswerKind.DRAWING, new Base())).isEmpty();
        assertThat(answers.view("input").image("other", new Base())).isEmpty();
    }

    @Test
    void vectorsAreKnownAndCanBeReplaced() {
        List<AnswerKind<?>> none = new ArrayList<>();
        float[] vector = {3, 4};
        assertThat(new Answers(none).view(null).text(vector))
                .containsExactly("2 numbers of norm 5.0000: 3.0000 4.0000");
        assertThat(new Answers(none).view(null).vector(vector)).containsSame(vector);
        assertThat(new Answers(List.of(kind(float[].class))).view(null).text(vector))
                .containsExactly("a float[]");
    }
}
