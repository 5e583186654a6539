package io.tickmesh.client.prices;

import io.tickmesh.client.JsonRequest;
import io.tickmesh.client.JsonRequest.BadRequest;
import io.tickmesh.market.Catalog;
import io.tickmesh.market.Instrument;
import io.tickmesh.market.Kind;
import io.tickmesh.market.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the symbols of a request of contract 1, on the socket and by REST alike. */
final class Symbols {
    private final Catalog catalog;
    private final int mostPerRequest;

    Symbols(Catalog catalog, int mostPerRequest) {
        this.catalog = catalog;
        this.mostPerRequest = mostPerRequest;
    }

    Set<Instrument> of(JsonObject request) {
        return instruments(JsonRequest.texts(request, "symbols", mostPerRequest));
    }

    Set<Instrument> of(JsonArray symbols) {
        return instruments(JsonRequest.texts(symbols, "symbols", mostPerRequest));
    }

    Instrument one(String symbol) {
        try {
            return catalog.instrument(PricesDialect.PROVIDER, symbol);
        } catch (IllegalArgumentException e) {
            throw new BadRequest(String.valueOf(e.getMessage()));
        }
    }

    private Set<Instrument> instruments(List<String> symbols) {
        Set<Instrument> instruments = new LinkedHashSet<>();
        for (int i = 0; i < symbols.size(); i++) {
            try {
                instruments.add(catalog.instrument(PricesDialect.PROVIDER, symbols.get(i)));
            } catch (IllegalArgumentException e) {
                throw new BadRequest("symbols[" + i + "]: " + e.getMessage());
            }
        }
        return instruments;
    }

    /** Contract 1 shows trades and quotes of a symbol together. */
    List<Topic> topicsOf(Instrument instrument) {
        return catalog.topicsOf(instrument, Kind.TRADE, Kind.QUOTE);
    }

    MergedPrice nothingKnownOf(Instrument instrument) {
        boolean quotedOnly = catalog.topicsOf(instrument, Kind.TRADE).isEmpty();
        return new MergedPrice(instrument, quotedOnly);
    }
}
