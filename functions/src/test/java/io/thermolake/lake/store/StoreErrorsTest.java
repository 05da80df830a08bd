package io.thermolake.lake.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class StoreErrorsTest {
    interface Use {
        void of(LakeStore store);
    }

    static Stream<Arguments> uses() {
        return Stream.of(
                Arguments.of("Writing", Named.<Use>of("put", store -> store.put("runs/a.json", "1"))),
                Arguments.of("Writing", Named.<Use>of("create", store -> store.create("runs/a.json", "1"))),
                Arguments.of("Writing", Named.<Use>of("replace", store -> store.replace("runs/a.json", "1", "e"))),
                Arguments.of("Reading", Named.<Use>of("text", store -> store.text("runs/a.json"))),
                Arguments.of("Reading", Named.<Use>of("head", store -> store.head("runs/a.json", 3))),
                Arguments.of("Deleting", Named.<Use>of("delete", store -> store.delete("runs/a.json"))),
                Arguments.of("Deleting", Named.<Use>of("deleteIf", store -> store.delete("runs/a.json", "e"))));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void whatTheStoreRefusesNamesTheKeyAndTheCause(String doing, Use use) {
        assertThatThrownBy(() -> use.of(new LakeStore(new FullDisk(), "lake")))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(doing + " s3://lake/runs/a.json failed: ")
                .hasMessageContaining("No space left on device")
                .hasCauseInstanceOf(S3Exception.class);
    }

    /** Every call fails, as the laptop's S3 does on a full disk. */
    private static final class FullDisk implements S3Client {
        private static S3Exception full() {
            return (S3Exception) S3Exception.builder()
                    .message("No space left on device")
                    .statusCode(500)
                    .build();
        }

        @Override
        public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
            throw full();
        }

        @Override
        public ResponseBytes<GetObjectResponse> getObjectAsBytes(GetObjectRequest request) {
            throw full();
        }

        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            throw full();
        }

        @Override
        public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
            throw full();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
