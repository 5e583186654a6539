/** What a person types or shares, as instruments: `fmp:AAPL`. */

const DEFAULT_PROVIDER = "fmp";
const KIND_PREFIX = /^(?:trade|quote|book|ticker|candle|expected|status)(?:\.[\w.]+)?\//i;
const STORAGE_KEY = "tickmesh.watchlist";
const DEFAULTS = [
  "fmp:AAPL",
  "kis:005930",
  "kiwoom:000660",
  "upbit:KRW-BTC",
  "fmp:MSFT",
  "fmp:NVDA",
  "fmp:BTCUSD",
  "fmp:EURUSD",
];

/** The provider part in lower case, the symbol in upper case, the default provider where there is none. */
export function instrument(text) {
  const bare = text.replace(KIND_PREFIX, "");
  const colon = bare.indexOf(":");
  const provider = colon < 0 ? DEFAULT_PROVIDER : bare.slice(0, colon).toLowerCase();
  return `${provider}:${bare.slice(colon + 1).toUpperCase()}`;
}

/** All instruments in a text, each once; commas, semicolons and blanks stand between them. */
export function instruments(text) {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean).map(instrument))];
}

/** The short form of an instrument: without the default provider. */
export function short(name) {
  return name.startsWith(`${DEFAULT_PROVIDER}:`) ? name.slice(DEFAULT_PROVIDER.length + 1) : name;
}

/** The short form in two parts: the provider with its colon, or nothing for the default one, and the symbol. */
export function parts(name) {
  const text = short(name);
  const colon = text.indexOf(":");
  return { provider: text.slice(0, colon + 1), symbol: text.slice(colon + 1) };
}

/** The list in the address, or null if it names none. */
export function fromHash(hash) {
  const parts = hash.replace(/^#/, "").split(",").filter(Boolean).map(decoded);
  return parts.length === 0 ? null : instruments(parts.join(" "));
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function toHash(names) {
  return `#${names.map((name) => encodeURIComponent(short(name)).replaceAll("%3A", ":")).join(",")}`;
}

/** The list to begin with: the shared one, else the remembered one, else a few that always move. */
export function remembered(hash, storage) {
  return fromHash(hash) ?? stored(storage) ?? DEFAULTS.map(instrument);
}

function stored(storage) {
  try {
    const names = JSON.parse(storage.getItem(STORAGE_KEY));
    return Array.isArray(names) ? names.filter((name) => typeof name === "string").map(instrument) : null;
  } catch {
    return null; // no storage here, or not ours: as if nothing was remembered
  }
}

export function remember(names, storage) {
  try {
    storage.setItem(STORAGE_KEY, JSON.stringify(names.map(short)));
  } catch {
    // private windows refuse; the address still carries the list
  }
}
