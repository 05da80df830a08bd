package io.thermolake.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.local.aws.Pages;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.ValidationException;

class SfnPagesTest {
    private static final List<String> ALL = List.of("a", "b", "c");

    private static Pages.Page<String> page(String question, List<String> all, int size, String token) {
        return SfnPages.PAGES.page(question, all, s -> s, size, token);
    }

    @Test
    void theLastPageHasNoToken() {
        Pages.Page<String> first = page("q", ALL, 2, null);
        assertThat(first.items()).containsExactly("a", "b");
        Pages.Page<String> second = page("q", ALL, 2, first.nextToken());
        assertThat(second.items()).containsExactly("c");
        assertThat(second.nextToken()).isNull();
        assertThat(page("q", ALL, 0, null).nextToken()).isNull();
    }

    @Test
    void whatIsAddedBeforeShiftsNothing() {
        String token = page("q", ALL, 2, null).nextToken();
        assertThat(page("q", List.of("new", "a", "b", "c"), 2, token).items()).containsExactly("c");
    }

    @Test
    void aTokenOfAnotherQuestionOrOfAnItemThatIsGoneIsInvalid() {
        String token = page("q", ALL, 2, null).nextToken();
        assertThatThrownBy(() -> page("p", ALL, 2, token)).isInstanceOf(InvalidTokenException.class);
        assertThatThrownBy(() -> page("q", List.of("c"), 2, token)).isInstanceOf(InvalidTokenException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "cQ", "cQph\n"})
    void noiseIsNoToken(String token) {
        assertThatThrownBy(() -> page("q", ALL, 2, token)).isInstanceOf(InvalidTokenException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1001})
    void aPageHasUpToAThousand(int size) {
        assertThatThrownBy(() -> SfnPages.size(size)).isInstanceOf(ValidationException.class);
    }
}
