package io.thermolake.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thermolake.local.aws.CloudFolder;
import io.thermolake.local.cloud.Cloud;
import io.thermolake.local.cloud.CloudOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a folder that another command has; the pauses are counted, not waited for. */
class CloudSessionTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path data;

    private final List<String> told = new ArrayList<>();

    private CloudOptions options() {
        return new CloudOptions(HOME, data, 0, 0, 0.01, CloudOptions.Database.none());
    }

    private CloudEntry.Waiting waiting(Duration most, Runnable pause) {
        return new CloudEntry.Waiting(most, pause, told::add);
    }

    private CloudSession open(CloudEntry.Waiting waiting) {
        return new CloudEntry(options(), waiting).open();
    }

    @Test
    void aCommandWaitsForACloudThatStartsAndDoesNotBelieveAKilledOnesAnnouncement() {
        CloudFolder starting = new CloudFolder(data);
        assertThat(starting.lock()).isTrue();
        starting.announce(new CloudFolder.Running(999_999_999, "http://127.0.0.1:1", 0));
        List<Integer> pauses = new ArrayList<>();

        try (CloudSession session = open(waiting(Duration.ofMinutes(1), () -> {
            pauses.add(1);
            if (pauses.size() == 3) {
                starting.close();
            }
        }))) {
            assertThat(session.isOwn()).isTrue();
        }

        assertThat(pauses).hasSize(3);
        assertThat(told).singleElement().asString().contains(data.toString(), "waiting for it");
    }

    @Test
    void anAnnouncementWithAnotherProcessIdIsNotBelievedThoughItsPortAnswers(@TempDir Path other) {
        CloudFolder starting = new CloudFolder(data);
        try (Cloud another = Cloud.start(new CloudOptions(HOME, other, 0, 0, 0.01, CloudOptions.Database.none()))) {
            assertThat(starting.lock()).isTrue();
            starting.announce(
                    new CloudFolder.Running(999_999_999, another.endpoint().toString(), 0));

            assertThatThrownBy(() -> open(waiting(Duration.ZERO, () -> {})))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining(data.toString());
        }
        starting.close();
    }

    @Test
    void waitingHasAnEndThatNamesTheFolderAndWhatToDo() {
        CloudFolder held = new CloudFolder(data);
        assertThat(held.lock()).isTrue();

        assertThatThrownBy(() -> open(waiting(Duration.ZERO, () -> {})))
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll(data.toString(), "has not answered for 0 s", "end that process");
        held.close();
    }

    @Test
    void aLockLeftByAKillIsFreeAndItsAnnouncementGoes() {
        new CloudFolder(data).announce(new CloudFolder.Running(1, "http://127.0.0.1:1", 0));
        CloudFolder next = new CloudFolder(data);

        assertThat(next.lock()).isTrue();

        assertThat(next.announced()).isEmpty();
        next.close();
    }

    @Test
    void anOwnerWaitsForItsGuestAndAGuestThatLostItsCloudSaysSo() {
        Cloud cloud = Cloud.start(options());
        assertThatThrownBy(() -> CloudSession.open(options().with(Map.of("Detector", "embedded"))))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("leave --parameter out");
        CloudSession guest = CloudSession.open(options());
        assertThat(guest.isOwn()).isFalse();
        assertThat(guest.endpoint()).isEqualTo(cloud.endpoint());
        assertThat(CloudSession.lost()).isEmpty();

        cloud.awaitGuests(() -> {
            told.add("waiting");
            guest.close();
        });

        assertThat(told).containsExactly("waiting");
        cloud.close();
        assertThat(CloudSession.lost())
                .hasValueSatisfying(why -> assertThat(why).contains("ended while this one used it"));
    }
}
