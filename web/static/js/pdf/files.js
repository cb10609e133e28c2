import * as pdfjs from "/statique/vendor/pdfjs/legacy/build/pdf.min.mjs";
import { phrases } from "./phrases.js";

const VENDOR = "/statique/vendor/pdfjs";
const SLOW = 400; // milliseconds after which the opening of a file is told
const CHUNK = 128 * 1024; // bytes of a range, asked for where the file that streams in has not come yet

pdfjs.GlobalWorkerOptions.workerSrc = `${VENDOR}/legacy/build/pdf.worker.min.mjs`;

/** Why a file cannot be shown, as a French sentence. */
export class FileFailure extends Error {
  constructor(reason, { lasting, cause }) {
    super(phrases.fileFails(phrases.reasons[reason]), { cause });
    this.name = "FileFailure";
    this.reason = reason;
    this.lasting = lasting; // trying again would not help
  }
}

/** The PDFs of one dossier, opened when first needed; all share one worker. */
export class Files {
  #files;
  #worker;
  #opened = new Map();
  #onProgress;

  /** `onProgress(file, percent)` of a file that is long to open: percent is null when unknown, 100 at the end. */
  constructor(files, onProgress) {
    this.#files = files;
    this.#onProgress = onProgress;
    this.#worker = new pdfjs.PDFWorker({ verbosity: pdfjs.VerbosityLevel.ERRORS });
  }

  /** Rejects with FileFailure. */
  async document(file) {
    if (!this.#opened.has(file)) this.#opened.set(file, this.#open(file));
    return this.#opened.get(file).promise;
  }

  /** pdf.js's page `number` (from 1) of file `file` (from 0). Rejects with FileFailure. */
  async page(file, number) {
    const pdf = await this.document(file);
    return pdf.getPage(number);
  }

  /** Forgets a failure, so that the next need opens the file again. */
  forget(file) {
    this.#opened.get(file)?.task.destroy();
    this.#opened.delete(file);
  }

  close() {
    for (const { task } of this.#opened.values()) task.destroy();
    this.#opened.clear();
    this.#worker.destroy();
  }

  #open(file) {
    const task = pdfjs.getDocument({
      url: this.#files[file].url,
      worker: this.#worker,
      rangeChunkSize: CHUNK,
      disableAutoFetch: true,
      enableXfa: false,
      useWasm: false, // the policy of the pages forbids it; what decodes in its stead is JavaScript
      cMapUrl: `${VENDOR}/cmaps/`,
      standardFontDataUrl: `${VENDOR}/standard_fonts/`,
      wasmUrl: `${VENDOR}/wasm/`,
      iccUrl: `${VENDOR}/iccs/`,
      verbosity: pdfjs.VerbosityLevel.ERRORS,
    });
    const promise = task.promise.catch((error) => {
      throw failureOf(error);
    });
    this.#followOpening(file, task, promise);
    return { task, promise };
  }

  #followOpening(file, task, promise) {
    const slow = setTimeout(() => {
      this.#onProgress(file, null);
      task.onProgress = ({ percent }) => this.#onProgress(file, Math.min(99, Math.round(percent)) || null);
    }, SLOW);
    const end = () => {
      clearTimeout(slow);
      task.onProgress = null; // pages that are fetched later are no opening
      this.#onProgress(file, 100);
    };
    promise.then(end, end); // a failure is told by whoever awaits the file
  }
}

function failureOf(error) {
  if (error instanceof pdfjs.PasswordException) return new FileFailure("password", { lasting: true, cause: error });
  if (error instanceof pdfjs.InvalidPDFException) return new FileFailure("damaged", { lasting: true, cause: error });
  if (error instanceof pdfjs.ResponseException) {
    const refused = error.status === 401 || error.status === 403;
    const reason = error.missing ? "missing" : refused ? "refused" : "network";
    return new FileFailure(reason, { lasting: false, cause: error });
  }
  const reason = /fetch/iu.test(error.details ?? error.message) ? "network" : "unknown"; // nobody answers: a TypeError
  return new FileFailure(reason, { lasting: false, cause: error });
}
