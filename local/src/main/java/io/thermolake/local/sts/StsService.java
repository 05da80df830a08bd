package io.thermolake.local.sts;

import io.thermolake.local.aws.QueryCall;
import io.thermolake.local.aws.Rest;
import io.thermolake.local.stack.Stack;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** STS GetCallerIdentity, which tools ask first. */
public final class StsService implements Rest {
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        QueryCall call = new QueryCall(request, response);
        if (!call.action().equals("GetCallerIdentity")) {
            call.fail(501, "NotImplemented", "The laptop cloud does not implement STS " + call.action());
            return;
        }
        call.answer(
                "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>"
                        + "<Arn>arn:aws:iam::" + Stack.ACCOUNT + ":user/laptop</Arn><UserId>laptop</UserId><Account>"
                        + Stack.ACCOUNT + "</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
    }
}
