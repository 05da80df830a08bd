package io.thermolake.local.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.thermolake.local.aws.Meter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3DoorTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, Object> set = new HashMap<>();

    @Test
    void aFullDiskIsAnErrorOfS3ThatSaysSo() throws Exception {
        HttpServlet full = new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        new S3Door(full, new Meter(folder)).serve(get("/lake/a&b.json"), response());

        assertThat(set).containsEntry("setStatus", 500);
        assertThat(body.toString(UTF_8))
                .contains("<Code>InternalError</Code>")
                .contains("<Message>GET /lake/a&amp;b.json failed: No space left on device</Message>");
    }

    private static HttpServletRequest get(String uri) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                S3DoorTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, args) -> method.getName().equals("getMethod") ? "GET" : uri);
    }

    private HttpServletResponse response() {
        ServletOutputStream out = new ServletOutputStream() {
            @Override
            public void write(int b) {
                body.write(b);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {}
        };
        return (HttpServletResponse) Proxy.newProxyInstance(
                S3DoorTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "isCommitted" -> false;
                    case "getOutputStream" -> out;
                    default -> {
                        if (args != null) {
                            set.put(method.getName(), args[0]);
                        }
                        yield null;
                    }
                });
    }
}
