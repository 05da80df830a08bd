package io.thermolake.deploy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Error;

class BucketContentTest {
    private static final int PAGE = 1000;

    /** A versioned bucket; even numbers are versions, odd ones deletion marks. */
    private static final class Versions implements S3Client {
        private final List<Integer> left = new ArrayList<>();
        private boolean refuses;
        private boolean gone;

        @Override
        public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
            if (gone) {
                throw NoSuchBucketException.builder().message("gone").build();
            }
            List<Integer> page = left.subList(0, Math.min(PAGE, left.size()));
            return ListObjectVersionsResponse.builder()
                    .versions(page.stream()
                            .filter(n -> n % 2 == 0)
                            .map(n -> ObjectVersion.builder()
                                    .key("key")
                                    .versionId(n.toString())
                                    .build())
                            .toList())
                    .deleteMarkers(page.stream()
                            .filter(n -> n % 2 == 1)
                            .map(n -> DeleteMarkerEntry.builder()
                                    .key("key")
                                    .versionId(n.toString())
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
            if (refuses) {
                return DeleteObjectsResponse.builder()
                        .errors(S3Error.builder()
                                .key("key")
                                .message("Access Denied")
                                .build())
                        .build();
            }
            request.delete().objects().forEach(o -> left.remove(Integer.valueOf(o.versionId())));
            return DeleteObjectsResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private final Versions s3 = new Versions();

    private BucketContent content(int versions) {
        for (int i = 0; i < versions; i++) {
            s3.left.add(i);
        }
        return new BucketContent(s3, "lake");
    }

    @Test
    void everyVersionAndEveryMarkIsDeleted() {
        assertThat(content(2 * PAGE + 1).delete(() -> 60_000)).isEqualTo(2 * PAGE + 1);
        assertThat(s3.left).isEmpty();
    }

    @Test
    void whenTheTimeRunsOutItSaysHowToGoOn() {
        int[] asked = {0};
        assertThatIllegalStateException()
                .isThrownBy(() -> content(3 * PAGE).delete(() -> asked[0]++ == 0 ? 60_000 : 20_000))
                .withMessageContaining("Deleted 1000 object versions of lake")
                .withMessageContaining("delete the stack again");
        assertThat(s3.left).hasSize(2 * PAGE);
    }

    @Test
    void aBucketThatIsGoneHasNothing() {
        s3.gone = true;
        assertThat(content(0).delete(() -> 60_000)).isZero();
    }

    @Test
    void whatS3DoesNotDeleteIsNamed() {
        s3.refuses = true;
        assertThatIllegalStateException()
                .isThrownBy(() -> content(1).delete(() -> 60_000))
                .withMessage("S3 does not delete key of lake: Access Denied");
    }
}
