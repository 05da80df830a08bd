import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.asl.testing.Machine;
import io.thermolake.asl.testing.Mocks;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirstTest {
@example@
}
