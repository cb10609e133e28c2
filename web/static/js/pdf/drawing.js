import { filledFields } from "./fields.js";
import { FileFailure } from "./files.js";
import { inReadingOrder } from "./order.js";
import { phrases } from "./phrases.js";
import { textLayer } from "./text.js";

const KEPT_PIXELS = 32_000_000; // of all pages in memory: some 20 at the usual size, 128 MB
const MAX_PIXELS = 16_000_000; // of one canvas; beyond, the drawing is stretched
const DRAW_APPEARANCES = 1; // pdf.js's AnnotationMode.ENABLE: fields as they are filled, nothing to type into
const SAME_SHAPE = 0.01; // how much the proportions of a page may differ from what the server told

/** Draws the pages that are wanted, one at a time, the most wanted first. */
export class Drawing {
  #files;
  #wordsUrl;
  #onText;
  #onWordsFailure;
  #wanted = [];
  #drawn = new Set(); // in the order in which they were last wanted
  #failed = new Map(); // frame → whether trying again is of no use
  #waiting = new Map(); // frame → functions that want to know
  #current = null;
  #busy = false;

  /** `onText(frame)` when the words of a page can be selected, `onWordsFailure(frame)` when they cannot. */
  constructor(files, { wordsUrl, onText, onWordsFailure }) {
    this.#files = files;
    this.#wordsUrl = wordsUrl;
    this.#onText = onText;
    this.#onWordsFailure = onWordsFailure;
  }

  /** `frames` in the order of need replaces what was wanted before. */
  want(frames) {
    this.#wanted = frames;
    if (this.#current && !frames.includes(this.#current.frame)) this.#current.abandon();
    for (const frame of this.#waiting.keys()) if (!frames.includes(frame)) this.#settle(frame, false);
    for (const frame of [...frames].reverse()) {
      if (this.#drawn.delete(frame)) this.#drawn.add(frame);
    }
    this.#run();
  }

  /** True once `frame` is drawn; false when it fails or the reader went elsewhere. */
  whenDrawn(frame) {
    if (frame.drawnAt > 0 || frame.failed) return Promise.resolve(!frame.failed);
    return new Promise((resolve) => {
      this.#waiting.set(frame, [...(this.#waiting.get(frame) ?? []), resolve]);
    });
  }

  /** Tries again all that failed for a reason that may have passed; their files are opened anew. */
  retryAll() {
    const passing = [...this.#failed].filter(([, lasting]) => !lasting).map(([frame]) => frame);
    for (const frame of passing) if (this.#failed.has(frame)) this.#retry(frame, true); // with the others of its file
    for (const frame of this.#drawn) if (!frame.text) frame.drawnAt = 0; // its words did not come
    this.#run();
  }

  close() {
    this.want([]);
  }

  #settle(frame, drawn) {
    for (const resolve of this.#waiting.get(frame) ?? []) resolve(drawn);
    this.#waiting.delete(frame);
  }

  #next() {
    return this.#wanted.find((frame) => !frame.failed && frame.drawnAt !== pixelsFor(frame));
  }

  async #run() {
    if (this.#busy) return;
    this.#busy = true;
    for (let frame = this.#next(); frame; frame = this.#next()) await this.#turn(frame);
    this.#busy = false;
  }

  /** One page's turn: ends when it is drawn, has failed, or is wanted no more. */
  async #turn(frame) {
    const turn = { frame, abandoned: false, task: null, abandon: null };
    const left = new Promise((resolve) => {
      turn.abandon = () => {
        turn.abandoned = true;
        turn.task?.cancel();
        resolve();
      };
    });
    this.#current = turn;
    await Promise.race([left, this.#attempt(turn)]);
    this.#current = null;
  }

  async #attempt(turn) {
    const { frame } = turn;
    try {
      await this.#draw(turn);
    } catch (error) {
      if (turn.abandoned) return;
      this.#fail(frame, error);
    }
  }

  async #draw(turn) {
    const { frame } = turn;
    const page = await this.#files.page(frame.file, frame.number);
    if (turn.abandoned) return;
    const natural = page.getViewport({ scale: 1 });
    const pixels = pixelsFor(frame);
    const viewport = page.getViewport({ scale: pixels / natural.width });
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    turn.task = page.render({ canvas, viewport, annotationMode: DRAW_APPEARANCES });
    await turn.task.promise;
    if (turn.abandoned) return;
    frame.setCanvas(canvas, pixels);
    if (!frame.differs && shapesDiffer(natural, frame)) frame.distrust();
    this.#drawn.add(frame);
    this.#forgetFarPages();
    this.#settle(frame, true);
    if (!frame.text) await this.#layText(turn, page);
  }

  async #layText(turn, page) {
    const { frame } = turn;
    try {
      const layer = await textLayer(frame, page, this.#wordsUrl);
      const fields = await filledFields(page);
      if (!frame.canvas) return;
      frame.setText(layer, fields);
      this.#onText(frame);
      await inReadingOrder(frame, this.#wordsUrl);
    } catch (error) {
      if (turn.abandoned) return;
      console.error(error.name); // never the text of a dossier
      this.#onWordsFailure(frame);
    }
  }

  #fail(frame, error) {
    console.error(error.name, error.reason ?? "");
    const ofFile = error instanceof FileFailure;
    const message = ofFile ? error.message : phrases.pageFails(frame.number);
    const lasting = ofFile && error.lasting;
    frame.tell(message, lasting ? null : () => this.#retry(frame, ofFile));
    this.#failed.set(frame, lasting);
    this.#settle(frame, false);
  }

  #retry(frame, ofFile) {
    if (ofFile) this.#files.forget(frame.file);
    for (const other of [...this.#failed.keys()]) {
      if (other !== frame && !(ofFile && other.file === frame.file)) continue;
      other.untell();
      this.#failed.delete(other);
    }
    this.#run();
  }

  #forgetFarPages() {
    let kept = [...this.#drawn].reduce((sum, { canvas }) => sum + canvas.width * canvas.height, 0);
    for (const frame of this.#drawn) {
      if (kept <= KEPT_PIXELS) return;
      if (this.#wanted.includes(frame)) continue;
      kept -= frame.canvas.width * frame.canvas.height;
      frame.empty();
      this.#drawn.delete(frame);
    }
  }
}

function pixelsFor(frame) {
  const wanted = frame.cssWidth * window.devicePixelRatio;
  const most = Math.sqrt((MAX_PIXELS * frame.width) / frame.height);
  return Math.max(1, Math.round(Math.min(wanted, most)));
}

function shapesDiffer(natural, frame) {
  const shown = natural.width / natural.height;
  const told = frame.width / frame.height;
  return Math.abs(shown / told - 1) > SAME_SHAPE;
}
