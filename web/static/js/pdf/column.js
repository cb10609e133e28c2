const PADDING = 32; // pixels at each side of the pages, where labels of highlights hang over
const LARGEST_FIT = 1.8; // pixels to a point: a receipt is not blown up to the width of the column
const GAP = 12; // pixels above a page that is gone to
const NAME = 40; // and above the first of a file, whose name is there
const NEAR = 1; // pages drawn ahead at each side

export const ZOOM = { least: 0.5, most: 4, step: 1.25 };

/** The scrolled column of pages: their sizes, what is in view, going to places. */
export class Column {
  #scroller;
  #frames = [];
  #tops = [];
  #width = 0;
  #zoom = 1;

  constructor(scroller) {
    this.#scroller = scroller;
  }

  get frames() {
    return this.#frames;
  }

  get zoom() {
    return this.#zoom;
  }

  /** Height of all that scrolls, in pixels. */
  get height() {
    return this.#scroller.scrollHeight;
  }

  /** The frames in the order of the column, when pages were added. */
  setFrames(frames) {
    const anchor = this.#anchor();
    this.#frames = frames;
    this.#layOut(anchor);
  }

  /** 1 is the width of the column. */
  setZoom(zoom) {
    const anchor = this.#anchor();
    this.#zoom = Math.min(ZOOM.most, Math.max(ZOOM.least, zoom));
    this.#layOut(anchor);
  }

  /** To be called when the column has another size; false when its width is the same. */
  fit() {
    if (this.#scroller.clientWidth === this.#width) return false;
    this.#layOut(this.#anchor());
    return true;
  }

  /** Frames in view, the one nearest to its middle first, then their neighbours. */
  wanted() {
    const inView = this.#inView();
    if (inView.length === 0) return [];
    const middle = this.#scroller.scrollTop + this.#scroller.clientHeight / 2;
    const distance = (index) => Math.abs(this.#tops[index] + this.#frames[index].cssHeight / 2 - middle);
    const first = inView[0];
    const last = inView.at(-1);
    const near = [];
    for (let step = 1; step <= NEAR; step += 1) near.push(last + step, first - step);
    return [...inView.sort((one, other) => distance(one) - distance(other)), ...near]
      .map((index) => this.#frames[index])
      .filter(Boolean);
  }

  /** The frame at the middle of the view, or null. */
  current() {
    return this.#anchor()?.frame ?? null;
  }

  /** Puts the middle of `box` (points) at the middle of the view; without box, the top of the page at its top. */
  goTo(frame, box = null) {
    const top = this.#tops[this.#frames.indexOf(frame)];
    if (!box) {
      this.#scroller.scrollTo({ top: top - (frame.number === 1 ? NAME : GAP), behavior: "instant" });
      return;
    }
    const pixels = frame.cssWidth / frame.width;
    const view = this.#scroller;
    const height = Math.min((box[3] - box[1]) * pixels, view.clientHeight * 0.8); // of a long passage, the beginning
    view.scrollTo({
      top: top + box[1] * pixels + height / 2 - view.clientHeight / 2,
      left: frame.element.offsetLeft + ((box[0] + box[2]) / 2) * pixels - view.clientWidth / 2,
      behavior: "instant",
    });
  }

  /** What stands at the middle of the view, to come back to in another column of the same files; null without page. */
  view() {
    const anchor = this.#anchor();
    if (!anchor) return null;
    const { frame, ...where } = anchor;
    return { ...where, file: frame.file, page: frame.number, zoom: this.#zoom };
  }

  /** Comes back to what `view` gave; false when its page is not there. */
  restore({ file, page, zoom, ...where }) {
    const frame = this.#frames.find((one) => one.file === file && one.number === page);
    if (!frame) return false;
    this.#zoom = zoom;
    this.#layOut({ frame, ...where });
    return true;
  }

  /** Goes to a share (0 to 1) of the whole height. */
  goToShare(share) {
    this.#scroller.scrollTo({ top: share * this.height - this.#scroller.clientHeight / 2, behavior: "instant" });
  }

  #inView() {
    const { scrollTop, clientHeight } = this.#scroller;
    return [...this.#frames.keys()].filter(
      (index) =>
        this.#tops[index] < scrollTop + clientHeight && this.#tops[index] + this.#frames[index].cssHeight > scrollTop,
    );
  }

  #layOut(anchor) {
    this.#width = this.#scroller.clientWidth;
    const column = Math.max(1, this.#width - 2 * PADDING);
    for (const frame of this.#frames) frame.resize(Math.min(column, frame.width * LARGEST_FIT) * this.#zoom);
    this.#tops = this.#frames.map((frame) => frame.top);
    if (anchor) this.#return(anchor);
  }

  /** What stands at the middle of the view, to be found there again when sizes have changed. */
  #anchor() {
    const { scrollTop, clientHeight, scrollLeft, clientWidth, scrollWidth } = this.#scroller;
    const middle = scrollTop + clientHeight / 2;
    const index = this.#tops.findLastIndex((top) => top <= middle);
    const frame = this.#frames[Math.max(0, index)];
    if (!frame) return null;
    const share = index < 0 ? 0 : (middle - this.#tops[index]) / frame.cssHeight;
    return { frame, share, across: (scrollLeft + clientWidth / 2) / scrollWidth, atStart: scrollTop === 0 };
  }

  #return({ frame, share, across, atStart }) {
    const { clientHeight, clientWidth, scrollWidth } = this.#scroller;
    const middle = this.#tops[this.#frames.indexOf(frame)] + share * frame.cssHeight;
    this.#scroller.scrollTo({
      top: atStart ? 0 : middle - clientHeight / 2,
      left: across * scrollWidth - clientWidth / 2,
      behavior: "instant",
    });
  }
}
