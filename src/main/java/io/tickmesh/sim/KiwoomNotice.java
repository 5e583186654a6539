package io.tickmesh.sim;

/** What SYSTEM frames say before a session ends. */
enum KiwoomNotice {
    REPLACED("R10001", "동일한 App key로 접속이 되었습니다. 기존 세션은 종료가 됩니다"),
    NO_HEARTBEAT("R10002", "사용자 프로그램으로부터 Heartbeat(연결유지) 메시지가 오지않아서 접속을 종료합니다"),
    NO_LOGIN("R10004", "유효한 로그인 인증이 들어오지 않아서 접속을 종료합니다");

    private final String code;
    private final String text;

    KiwoomNotice(String code, String text) {
        this.code = code;
        this.text = text;
    }

    String code() {
        return code;
    }

    String text() {
        return text;
    }
}
