package io.tickmesh.sim;

/** The refusals of Kiwoom's REST; the numbers are the provider's, most of the words are not known. */
enum KiwoomError {
    NO_API_ID(1501, "api-id가 없습니다"),
    WRONG_API_ID(1504, "해당 URI에서 지원하지 않는 api-id입니다"),
    UNKNOWN_API_ID(1505, "존재하지 않는 api-id입니다"),
    MISSING_PARAMETER(1511, "필수 입력값이 없습니다"),
    WRONG_CONTENT_TYPE(1512, "Content-Type이 올바르지 않습니다"),
    NO_AUTHORIZATION(1513, "authorization이 없습니다"),
    WRONG_AUTHORIZATION(1514, "authorization 형식이 올바르지 않습니다"),
    EMPTY_AUTHORIZATION(1515, "authorization에 토큰이 없습니다"),
    WRONG_FORMAT(1517, "입력값 형식이 올바르지 않습니다"),
    TOO_OFTEN(1700, "허용된 요청 개수를 초과하였습니다"),
    UNKNOWN_SYMBOL(1902, "종목 정보가 없습니다"),
    WRONG_APP_KEY(8001, "App Key 검증에 실패했습니다"),
    WRONG_SECRET(8002, "Secret Key 검증에 실패했습니다"),
    INVALID_TOKEN(8005, "Token이 유효하지 않습니다"),
    OTHER_HOST(8010, "Token을 발급받은 IP와 요청한 IP가 다릅니다"),
    NO_GRANT_TYPE(8011, "grant_type이 없습니다"),
    WRONG_GRANT_TYPE(8012, "grant_type이 올바르지 않습니다"),
    NOT_REVOKED(8015, "Token 폐기에 실패했습니다"),
    NO_APP_KEY(8020, "App Key 또는 Secret Key가 없습니다"),
    OTHER_APP_KEY(8030, "실전/모의 투자 구분이 다른 App Key입니다"),
    OTHER_PROFILE(8031, "실전/모의 투자 구분이 다른 Token입니다"),
    NOT_ON_MOCK(8104, "모의투자에서 지원하지 않습니다");

    private final int code;
    private final String text;

    KiwoomError(int code, String text) {
        this.code = code;
        this.text = text;
    }

    int code() {
        return code;
    }

    String text() {
        return text;
    }

    /** The number and text as they stand within another text. */
    String bracketed() {
        return "[" + code + ":" + text + "]";
    }
}
