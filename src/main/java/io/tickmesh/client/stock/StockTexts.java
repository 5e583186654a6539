package io.tickmesh.client.stock;

import java.util.List;

/** The words of contract 2, exactly as its clients know them. */
final class StockTexts {
    static final String GREETING = "실시간 주가 스트림에 연결되었습니다.";
    static final String NOT_JSON = "Invalid JSON";
    static final String NO_CODES = "codes is required";

    /** The contract leaves open how an absent value is written; the original is Python. */
    static final String ABSENT = "None";

    private StockTexts() {}

    static String invalid(List<String> codes) {
        return "유효하지 않은 종목 코드: " + PythonList.of(codes);
    }

    /** The number is the limit of the account; the contract leaves open whether it is that or the number of failed codes. */
    static String limitExceeded(int limit) {
        return limit + "개 종목 구독 실패";
    }

    static String unknownAction(String action) {
        return "Unknown action: " + action;
    }
}
