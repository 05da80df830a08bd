package io.thermolake.local.door;

/** Why a request is turned away, with AWS's names: S3's, those of JSON services, and those of the query protocol. */
enum Denial {
    NO_SIGNATURE(403, "AccessDenied", "MissingAuthenticationTokenException", "MissingAuthenticationToken"),
    BROKEN_SIGNATURE(403, "AuthorizationHeaderMalformed", "IncompleteSignatureException", "IncompleteSignature"),
    OTHER_KEY(403, "InvalidAccessKeyId", "UnrecognizedClientException", "InvalidClientTokenId"),
    OTHER_SIGNATURE(403, "SignatureDoesNotMatch", "InvalidSignatureException", "SignatureDoesNotMatch"),
    OTHER_CLOCK(403, "RequestTimeTooSkewed", "RequestTimeTooSkewed", "RequestTimeTooSkewed"),
    EXPIRED(403, "AccessDenied", "ExpiredTokenException", "RequestExpired"),
    NOT_SIGNED(403, "AccessDenied", "AccessDeniedException", "AccessDenied"),
    OTHER_BODY(400, "XAmzContentSHA256Mismatch", "InvalidSignatureException", "SignatureDoesNotMatch"),
    OTHER_VERSION(400, "InvalidRequest", "InvalidSignatureException", "SignatureDoesNotMatch"),
    FOREIGN(403, "AccessDenied", "AccessDeniedException", "AccessDenied"),
    TOO_LARGE(413, "EntityTooLarge", "RequestTooLargeException", "RequestEntityTooLarge"),
    TOO_SLOW(408, "RequestTimeout", "RequestTimeoutException", "RequestTimeout"),
    BUSY(503, "SlowDown", "ServiceUnavailableException", "ServiceUnavailable"),
    BAD_REQUEST(400, "InvalidRequest", "ValidationException", "ValidationError"),
    NOT_THERE(501, "NotImplemented", "NotImplementedException", "NotImplemented"),
    FAILED(500, "InternalError", "InternalFailure", "InternalFailure");

    final int status;
    final String s3;
    final String json;
    final String query;

    Denial(int status, String s3, String json, String query) {
        this.status = status;
        this.s3 = s3;
        this.json = json;
        this.query = query;
    }
}
