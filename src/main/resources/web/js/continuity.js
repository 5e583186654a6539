/**
 * Watches the numbers of one topic on one connection: (epoch, seq) only rises, and every jump is announced in a frame of
 * its own before the tick.
 */
export class Continuity {
  #epoch = -1;
  #seq = -1;
  #announced = 0;
  #synced = false;

  /** A snapshot. Returns what is wrong with it, or null. */
  snapshot(epoch, seq) {
    const wrong = this.#numbers(epoch, seq) ?? (this.#synced ? "a second snapshot" : null);
    this.#at(epoch, seq);
    return wrong;
  }

  /** A new epoch, with its newest value. */
  reset(epoch, seq) {
    let wrong = this.#numbers(epoch, seq);
    if (!wrong && !this.#synced) {
      wrong = "a reset before the snapshot";
    } else if (!wrong && epoch <= this.#epoch) {
      wrong = `a reset from epoch ${this.#epoch} to ${epoch}`;
    }
    this.#at(epoch, seq);
    return wrong;
  }

  /** A gap or a conflation: so many ticks will be missing before the next one. */
  announce(ticks) {
    if (!Number.isSafeInteger(ticks) || ticks < 1) {
      return `an announced jump of ${ticks}`;
    }
    if (!this.#synced) {
      return "an announced jump before the snapshot";
    }
    this.#announced += ticks;
    return null;
  }

  tick(epoch, seq) {
    let wrong = this.#numbers(epoch, seq);
    if (!wrong && !this.#synced) {
      wrong = "a tick before the snapshot";
    } else if (!wrong && epoch !== this.#epoch) {
      wrong = `a tick of epoch ${epoch} within epoch ${this.#epoch}, not announced`;
    } else if (!wrong && seq !== this.#seq + 1 + this.#announced) {
      wrong = `seq ${seq} after ${this.#seq} with ${this.#announced} announced`;
    }
    this.#at(epoch, seq);
    return wrong;
  }

  /** Whether this is later than everything that was seen. */
  isNews(epoch, seq) {
    return epoch > this.#epoch || (epoch === this.#epoch && seq > this.#seq);
  }

  #numbers(epoch, seq) {
    return Number.isSafeInteger(epoch) && Number.isSafeInteger(seq) ? null : `a position of (${epoch}, ${seq})`;
  }

  #at(epoch, seq) {
    this.#epoch = epoch;
    this.#seq = seq;
    this.#announced = 0;
    this.#synced = true;
  }
}
