import * as pdfjs from "/statique/vendor/pdfjs/legacy/build/pdf.min.mjs";
import { phrases } from "./phrases.js";

const VENDOR = "/statique/vendor/pdfjs";
const CHUNK = 64 * 1024; // bytes asked for at once: a page of text needs one to three

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

/** The PDFs of one dossier, opened when first needed and read by ranges; all share one worker. */
export class Files {
  #files;
  #worker;
  #opened = new Map();
  #onProgress;

  /** `onProgress(file, percent)`: percent is null when unknown, 100 when the file is open. */
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
      disableStream: true,
      enableXfa: false,
      useWasm: false, // the policy of the pages forbids it; what decodes in its stead is JavaScript
      cMapUrl: `${VENDOR}/cmaps/`,
      standardFontDataUrl: `${VENDOR}/standard_fonts/`,
      wasmUrl: `${VENDOR}/wasm/`,
      iccUrl: `${VENDOR}/iccs/`,
      verbosity: pdfjs.VerbosityLevel.ERRORS,
    });
    task.onProgress = ({ loaded, total }) => {
      this.#onProgress(file, total > 0 ? Math.min(99, Math.round((100 * loaded) / total)) : null);
    };
    this.#onProgress(file, null);
    const promise = task.promise.then(
      (pdf) => {
        this.#onProgress(file, 100);
        return pdf;
      },
      (error) => {
        this.#onProgress(file, 100);
        throw failureOf(error);
      },
    );
    promise.catch(() => {}); // told by whoever awaits it
    return { task, promise };
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
  const reason = error instanceof TypeError ? "network" : "unknown"; // how fetch tells that nobody answers
  return new FileFailure(reason, { lasting: false, cause: error });
}
