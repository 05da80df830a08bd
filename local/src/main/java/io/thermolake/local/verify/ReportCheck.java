package io.thermolake.local.verify;

import io.thermolake.lake.LakeLayout;
import io.thermolake.lake.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The page that shows the newest manifest. */
final class ReportCheck {
    private record Pointer(@Nullable String report) {}

    private final LakeFiles lake;
    private final Findings findings;

    ReportCheck(LakeFiles lake, Findings findings) {
        this.lake = lake;
        this.findings = findings;
    }

    void check(Manifest newest) {
        String mend = Mend.report(newest.number());
        String mark = LakeLayout.reportOf(newest.number());
        if (!Files.exists(lake.bucket().resolve(mark))) {
            if (Files.exists(lake.bucket().resolve(LakeLayout.report(newest.runId())))) {
                findings.tell("It is missing, though there is a report of the newest manifest", mend, mark);
            }
            return;
        }
        findings.json(mark, Pointer.class, mend).ifPresent(pointer -> {
            if (pointer.report() == null || !pointer.report().matches(LakeLayout.REPORTS + "[^/]+/report\\.html")) {
                findings.tell("It names no report but " + pointer.report(), mend, mark);
                return;
            }
            Path page = lake.bucket().resolve(pointer.report());
            if (!Files.exists(page)) {
                findings.tell(
                        "The report of the newest manifest is missing",
                        mend,
                        page,
                        lake.bucket().resolve(mark));
                return;
            }
            findings.read(page, "report", mend, Findings::text)
                    .filter(html ->
                            !html.startsWith("<!") || !html.stripTrailing().endsWith("</html>"))
                    .ifPresent(html -> findings.tell("It is no whole HTML page", mend, page));
        });
    }
}
