package io.thermolake.asl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The library's POM has no parent. What it says again of the parent of the other modules, it says in the same way. */
class PomTest {
    private static final Path PARENT = Path.of("..", "functions", "parent", "pom.xml");

    private final Element own = read(Path.of("pom.xml"));
    private Element parent;

    @BeforeEach
    void theOtherModulesAreThere() {
        assumeTrue(Files.exists(PARENT), "there is no " + PARENT);
        parent = read(PARENT);
    }

    @Test
    void theLibraryNeedsNoOtherPom() {
        assertThat(children(own, "parent")).isEmpty();
    }

    @Test
    void theVersionsAreThose() {
        assertThat(text(own, "groupId")).isEqualTo(text(parent, "groupId"));
        assertThat(text(own, "version")).isEqualTo(text(parent, "version"));
        Map<String, String> theirs = properties(parent);
        Map<String, String> ours = properties(own);
        assertThat(ours).containsKeys("gson.version", "junit.version", "errorprone.version", "maven.compiler.release");
        ours.keySet().retainAll(theirs.keySet());
        theirs.keySet().retainAll(ours.keySet());
        assertThat(ours).isEqualTo(theirs);
    }

    @Test
    void thePluginsVersionsAreThose() {
        Map<String, String> theirs = versions(parent);
        Map<String, String> ours = versions(own);
        assertThat(ours).containsAllEntriesOf(theirs);
    }

    @Test
    void theCompilersChecksAndTheFormatAreThose() {
        for (String plugin : new String[] {"maven-compiler-plugin", "spotless-maven-plugin", "jacoco-maven-plugin"}) {
            assertThat(check(own, plugin)).as(plugin).isNotEmpty().isEqualTo(check(parent, plugin));
        }
    }

    /** A plugin of the profile {@code checks}, without its blanks. */
    private static String check(Element pom, String plugin) {
        return descendants(pom, "profile")
                .filter(profile -> text(profile, "id").equals("checks"))
                .flatMap(profile -> descendants(profile, "plugin"))
                .filter(each -> text(each, "artifactId").equals(plugin))
                .map(each -> each.getTextContent().replaceAll("\\s+", " "))
                .collect(Collectors.joining());
    }

    private static Map<String, String> properties(Element pom) {
        return children(pom, "properties")
                .flatMap(properties -> children(properties, each -> true))
                .collect(Collectors.toMap(
                        Node::getNodeName, each -> each.getTextContent().strip(), (one, other) -> other, TreeMap::new));
    }

    /** The plugins that are managed, with their versions. */
    private static Map<String, String> versions(Element pom) {
        return descendants(pom, "pluginManagement")
                .flatMap(managed -> descendants(managed, "plugin"))
                .collect(Collectors.toMap(each -> text(each, "artifactId"), each -> text(each, "version")));
    }

    private static String text(Element of, String name) {
        return children(of, name)
                .map(Node::getTextContent)
                .findFirst()
                .orElse("")
                .strip();
    }

    private static Stream<Element> children(Element of, String name) {
        return children(of, child -> child.getNodeName().equals(name));
    }

    private static Stream<Element> children(Element of, Predicate<Element> wanted) {
        return elements(of.getChildNodes()).filter(wanted);
    }

    private static Stream<Element> descendants(Element of, String name) {
        return elements(of.getElementsByTagName(name));
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    private static Element read(Path file) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }
}
