package io.tickmesh.upstream.fmp;

import io.tickmesh.market.Instrument;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Symbology;
import io.tickmesh.market.Topic;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** FMP's symbols: upper case here, and one pool for each of its three hosts. */
public final class FmpSymbology implements Symbology {
    private static final int CODE = 3;
    private static final int PAIR = 2 * CODE;

    /** Currencies that are traded against each other, and the metals that FMP serves with them. */
    private static final Set<String> CURRENCIES = Set.of(
            "USD", "EUR", "GBP", "JPY", "CHF", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF",
            "RON", "BGN", "RSD", "TRY", "RUB", "UAH", "KZT", "GEL", "ZAR", "NGN", "KES", "GHS", "EGP", "MAD", "TND",
            "ILS", "SAR", "AED", "QAR", "KWD", "BHD", "OMR", "JOD", "CNY", "CNH", "HKD", "TWD", "KRW", "SGD", "MYR",
            "IDR", "PHP", "THB", "VND", "INR", "PKR", "LKR", "BDT", "MXN", "BRL", "CLP", "COP", "PEN", "ARS", "UYU",
            "XAU", "XAG", "XPT", "XPD");

    /** What crypto pairs are priced in; a longer code stands before the one it ends in. */
    private static final List<String> CRYPTO_QUOTES =
            List.of("FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USD", "EUR", "GBP", "BTC", "ETH", "BNB");

    @Override
    public String provider() {
        return Fmp.NAME;
    }

    @Override
    public String canonical(String symbol) {
        if (symbol.isBlank()) {
            throw new IllegalArgumentException("symbol is blank");
        }
        return new Instrument(Fmp.NAME, symbol).symbol().toUpperCase(Locale.ROOT);
    }

    /** The forex host sends quotes and no trades. */
    @Override
    public Set<Kind> kindsOf(String canonicalSymbol) {
        return isForex(canonicalSymbol) ? Set.of(Kind.QUOTE) : Set.of(Kind.TRADE, Kind.QUOTE);
    }

    @Override
    public void requireOffered(Topic topic) {
        String symbol = topic.instrument().symbol();
        if (!kindsOf(symbol).contains(topic.kind())) {
            throw new IllegalArgumentException(
                    (isForex(symbol) ? "fmp offers quote of currency pairs, not " : "fmp offers trade and quote, not ")
                            + topic.kind().word() + ": '" + topic + "'");
        }
        if (!topic.param().isEmpty()) {
            throw new IllegalArgumentException(
                    "fmp has no parameter for " + topic.kind().word() + ": '" + topic + "'");
        }
        if (!topic.venue().isEmpty()) {
            throw new IllegalArgumentException("fmp has no venues: '" + topic + "'");
        }
    }

    @Override
    public String poolOf(String canonicalSymbol) {
        if (isForex(canonicalSymbol)) {
            return "fmp.forex";
        }
        return isCrypto(canonicalSymbol) ? "fmp.crypto" : "fmp.stock";
    }

    private static boolean isForex(String symbol) {
        return symbol.length() == PAIR
                && CURRENCIES.contains(symbol.substring(0, CODE))
                && CURRENCIES.contains(symbol.substring(CODE));
    }

    private static boolean isCrypto(String symbol) {
        if (symbol.length() < PAIR) {
            return false;
        }
        for (String quote : CRYPTO_QUOTES) {
            if (symbol.endsWith(quote)) {
                return isAlphanumeric(symbol.substring(0, symbol.length() - quote.length()));
            }
        }
        return false;
    }

    private static boolean isAlphanumeric(String base) {
        return !base.isEmpty() && base.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
    }
}
