package io.thermolake.local.sns;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thermolake.local.cloud.Rest;
import io.thermolake.local.stack.Stack;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** STS GetCallerIdentity, which tools ask first. */
public final class StsService implements Rest {
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String action = SnsService.form(new String(request.getInputStream().readAllBytes(), UTF_8))
                .get("Action");
        if (!"GetCallerIdentity".equals(action)) {
            SnsService.send(
                    response,
                    501,
                    SnsService.error("NotImplemented", "The laptop cloud does not implement STS " + action));
            return;
        }
        SnsService.send(
                response,
                200,
                "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>"
                        + "<Arn>arn:aws:iam::" + Stack.ACCOUNT + ":user/laptop</Arn><UserId>laptop</UserId><Account>"
                        + Stack.ACCOUNT + "</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
    }
}
