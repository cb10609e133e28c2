/** What the viewer tells its readers, in French. */

const NBSP = "\u00a0";

export const phrases = {
  pages: "Pages du dossier",
  toolbar: "Affichage du dossier",
  files: "Fichiers du dossier",
  page: "Page",
  ofPages: (count) => `/ ${count}`,
  pageField: "Aller à la page",
  smaller: "Réduire",
  larger: "Agrandir",
  fit: "Largeur",
  open: "Ouvrir le fichier",
  openLong: "Le fichier entier, dans un autre onglet",
  fitLong: "Ajuster à la largeur de la colonne",
  zoom: (ratio) => `${Math.round(ratio * 100)}${NBSP}%`,
  zoomLong: (ratio) => `Zoom${NBSP}: ${Math.round(ratio * 100)}${NBSP}% de la largeur`,
  pageName: (number, count, file) => `Page ${number} sur ${count}, ${file}`,
  pageWaits: (number) => `Page ${number}`,
  opening: (file, percent) => `Ouverture de «${NBSP}${file}${NBSP}»…${percent === null ? "" : ` ${percent}${NBSP}%`}`,
  fileFails: (reason) => `Ce fichier ne peut pas être affiché${NBSP}: ${reason}.`,
  pageFails: (number) => `La page ${number} ne peut pas être affichée.`,
  pageDiffers: `La page affichée n’a pas les dimensions attendues${NBSP}: les passages n’y sont pas surlignés.`,
  wordsFail: (number) => `Les mots de la page ${number} n’ont pas pu être chargés${NBSP}: ils ne peuvent pas être sélectionnés.`,
  retry: "Réessayer",
  reasons: {
    password: "il est protégé par un mot de passe",
    damaged: "il est endommagé",
    missing: "il n’est plus disponible",
    refused: "votre session est terminée ou l’accès vous est refusé",
    network: "le serveur ne répond pas",
    unknown: "une erreur inattendue s’est produite",
  },
  marksOfPage: (number, file) => `Passages surlignés, page ${number} de ${file}`,
  kinds: {
    machine: "proposé par le programme",
    kept: "gardé",
    aside: "écarté",
    added: "ajouté",
    proof: "preuve",
  },
  continued: "suite",
  map: (pages, marks, where) => {
    const count = `Plan du dossier${NBSP}: ${pages} page${pages > 1 ? "s" : ""}`;
    if (marks === 0) return `${count}, aucun passage surligné`;
    return `${count}, ${marks} passage${marks > 1 ? "s" : ""} surligné${marks > 1 ? "s" : ""} (${where})`;
  },
  mapPages: (file, numbers) => `${file}${NBSP}: page${numbers.length > 1 ? "s" : ""} ${numbers.join(", ")}`,
};
