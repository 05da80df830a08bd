package io.thermolake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTemplateTest {
    @Test
    void aValueIsEscapedUnlessItIsMarkup() {
        assertThat(new PageTemplate("<p title=\"{{a}}\">{{b}}</p>")
                        .fill(Map.of("a", "\"<&>'$1\\", "b", new Markup("<b>$1</b>")))
                        .html())
                .isEqualTo("<p title=\"&quot;&lt;&amp;&gt;&#39;$1\\\"><b>$1</b></p>");
    }

    @Test
    void controlCharactersDoNotReachThePage() {
        assertThat(Markup.escape("a\u0000b\u001bc\u0085\nd")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD\nd");
    }

    @Test
    void aBlockIsFilledAnyNumberOfTimes() {
        PageTemplate list = new PageTemplate("<ul>\n<!--[item]--><li>{{name}}</li>\n<!--[/item]--></ul>");
        PageTemplate item = list.block("item");

        assertThat(list.fill(Map.of(
                                "item",
                                Markup.join(List.of(item.fill(Map.of("name", "a")), item.fill(Map.of("name", "<b>"))))))
                        .html())
                .isEqualTo("<ul>\n<li>a</li>\n<li>&lt;b&gt;</li>\n</ul>");
        assertThat(list.fill(Map.of("item", Markup.NONE)).html()).isEqualTo("<ul>\n</ul>");
    }

    @Test
    void aBlockMayHoldBlocks() {
        PageTemplate outer = new PageTemplate("<!--[a]-->{{x}}<!--[b]-->{{y}}<!--[/b]--><!--[/a]-->").block("a");

        assertThat(outer.fill(Map.of("x", 1, "b", outer.block("b").fill(Map.of("y", 2))))
                        .html())
                .isEqualTo("12");
    }

    @Test
    void pageAndCodeThatHavePartedAreTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageTemplate("{{a}}").fill(Map.of()))
                .withMessageContaining("{{a}} has no value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageTemplate("").fill(Map.of("a", 1)))
                .withMessageContaining("no hole for [a]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageTemplate("").block("a"))
                .withMessageContaining("no block a");
    }
}
