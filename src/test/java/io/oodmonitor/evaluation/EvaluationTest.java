package io.oodmonitor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    @Test
    void shouldRefuseOneNameForTwoThings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation(List.of("a", "a"), method("energy", 2, 1, 1)))
                .withMessageContaining("out-of-distribution sets").withMessageContaining("a stands there twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation(List.of("a"), method("energy", 2, 1), method("energy", 2, 1)))
                .withMessageContaining("energy stands there twice");
    }

    @Test
    void shouldRefuseMethodsOverDifferentImages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation(List.of("a"), method("energy", 2, 1), method("dice", 2, 3)))
                .withMessageContaining("dice has [2, 3] scores and energy [2, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation(List.of("a", "b"), method("energy", 2, 1)))
                .withMessageContaining("2 sets");
    }

    @Test
    void shouldKnowTheBundlesOwnMethod() {
        MethodScores fitted = new MethodScores("dice", 0, true, new double[1], List.of(new double[1]));

        assertThat(evaluation(List.of("a"), method("dice@90", 1, 1), fitted).own()).contains(fitted);
        assertThat(evaluation(List.of("a"), method("energy", 1, 1), method("dice@90", 1, 1)).own())
                .map(MethodScores::method).contains("dice@90");
        assertThat(evaluation(List.of("a"), method("energy", 1, 1)).own()).isEmpty();
    }

    private static Evaluation evaluation(List<String> sets, MethodScores... methods) {
        return new Evaluation("m", "dice@90", "id", OptionalDouble.empty(), sets, List.of(methods), 1);
    }

    private static MethodScores method(String name, int id, int... ood) {
        return new MethodScores(name, 0, false, new double[id],
                Arrays.stream(ood).mapToObj(count -> new double[count]).toList());
    }
}
