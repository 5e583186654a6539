/** A line of the newest prices, without axes. */

const INSET = 2;

export class Sparkline {
  #canvas;
  #context;
  #width;
  #height;
  #ratio = 0;

  constructor(canvas, width, height) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.#width = width;
    this.#height = height;
  }

  draw(prices, color) {
    this.#fit();
    const context = this.#context;
    context.clearRect(0, 0, this.#width, this.#height);
    if (prices.length < 2) {
      return;
    }
    const low = Math.min(...prices);
    const span = Math.max(...prices) - low;
    const x = (i) => INSET + (i / (prices.length - 1)) * (this.#width - 2 * INSET);
    const y = (price) => {
      const share = span === 0 ? 0.5 : (price - low) / span;
      return this.#height - INSET - share * (this.#height - 2 * INSET);
    };
    context.beginPath();
    prices.forEach((price, i) => context.lineTo(x(i), y(price)));
    context.strokeStyle = color;
    context.lineWidth = 1.25;
    context.lineJoin = "round";
    context.stroke();
    context.beginPath();
    context.arc(x(prices.length - 1), y(prices.at(-1)), 1.75, 0, 2 * Math.PI);
    context.fillStyle = color;
    context.fill();
  }

  /** As many pixels as the screen has: again when the window moved to another screen or was zoomed. */
  #fit() {
    const ratio = window.devicePixelRatio || 1;
    if (ratio !== this.#ratio) {
      this.#ratio = ratio;
      this.#canvas.width = Math.round(this.#width * ratio);
      this.#canvas.height = Math.round(this.#height * ratio);
      this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    }
  }
}
