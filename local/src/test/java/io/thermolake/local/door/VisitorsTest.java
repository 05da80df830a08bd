package io.thermolake.local.door;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitorsTest {
    private static final Visitors VISITORS = new Visitors(Set.of("172.17.0.1"), 4566);

    private static Call call(@Nullable String host, @Nullable String origin, @Nullable String site, String query) {
        Map<String, List<String>> headers = new HashMap<>();
        if (host != null) {
            headers.put("Host", List.of(host));
        }
        if (origin != null) {
            headers.put("Origin", List.of(origin));
        }
        if (site != null) {
            headers.put("Sec-Fetch-Site", List.of(site));
        }
        return new Call("POST", "/", query, headers);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:4566,  ,                      ,            ''",
        "localhost:4566,  ,                      ,            ''",
        "LocalHost:4566,  ,                      ,            ''",
        "[::1]:4566,      ,                      ,            ''",
        "172.17.0.1:4566, ,                      ,            ''",
        "127.0.0.1:4566,  http://127.0.0.1:4566, same-origin, ''",
        "127.0.0.1:4566,  ,                      none,        ''",
        "127.0.0.1:4566,  http://evil.example,   cross-site,  X-Amz-Signature=0",
        "127.0.0.1:4566,  null,                  ,            X-Amz-Signature=0",
    })
    void ownNamesAndPresignedUrlsAreServed(String host, @Nullable String origin, @Nullable String site, String query) {
        assertThatCode(() -> VISITORS.admit(call(host, origin, site, query))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example:4566,             ,                       ,           , does not serve the host 'evil.example:4566'",
        "evil.example,                  ,                       ,           , does not serve the host",
        "'',                            ,                       ,           , does not serve the host",
        ",                              ,                       ,           , does not serve the host",
        "127.0.0.1,                     ,                       ,           , does not serve the host",
        "127.0.0.1:80,                  ,                       ,           , does not serve the host",
        "10.0.0.1:4566,                 ,                       ,           , 127.0.0.1:4566. Call it by the address",
        "127.0.0.1.evil.example:4566,   ,                       ,           , does not serve the host",
        "bucket.localhost:4566,         ,                       ,           , 'addressing_style = path'",
        "bucket.127.0.0.1:4566,         ,                       ,           , 'addressing_style = path'",
        "sync-localhost:4566,           ,                       ,           , does not serve the host",
        "evil.example:4566,             ,                       , X-Amz-Signature=0, does not serve the host",
        "127.0.0.1:4566,                http://evil.example,    ,           , pages of other origins (http://evil.example)",
        "127.0.0.1:4566,                http://127.0.0.1:8080,  ,           , pages of other origins",
        "127.0.0.1:4566,                https://127.0.0.1:4566, ,           , pages of other origins",
        "127.0.0.1:4566,                null,                   ,           , pages of other origins",
        "127.0.0.1:4566,                ,                       cross-site, , pages of other origins",
        "127.0.0.1:4566,                ,                       same-site,  , pages of other origins",
    })
    void foreignHostsAndOriginsAreNot(
            @Nullable String host, @Nullable String origin, @Nullable String site, @Nullable String query, String why) {
        assertThatThrownBy(() -> VISITORS.admit(call(host, origin, site, query == null ? "" : query)))
                .isInstanceOf(Denied.class)
                .hasMessageContaining(why);
    }
}
