/** The files of a dossier beside a form that points at no passage. */

import { openViewer } from "./pdf/viewer.js";

const place = document.getElementById("dossier");
openViewer(place, { files: JSON.parse(place.dataset.files), wordsUrl: place.dataset.words });
