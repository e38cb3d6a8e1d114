// Copies what the pages need out of node_modules into build/static: scripts, the print font, and exactly those
// images that the compiled stylesheet points at. The GOV.UK crest and the GDS Transport font are never copied.
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const out = "build/static";
const govuk = "node_modules/govuk-frontend/dist/govuk";
const moj = "node_modules/@ministryofjustice/frontend/moj";
const font = "node_modules/@fontsource/source-sans-3";

const copy = (from, to) => cpSync(from, join(out, to), { recursive: true });

// Their source maps are not served, so the comment that points at one goes too (hashing would look for the file).
const copyScript = (from, to) =>
  writeFileSync(join(out, to), readFileSync(from, "utf8").replace(/\/\/# sourceMappingURL=.*$/m, ""));

copy("static/src/js", "js");
copy("static/src/images", "images");
copyScript(`${govuk}/govuk-frontend.min.js`, "js/govuk-frontend.min.js");
for (const part of ["filter-toggle-button", "sortable-table"]) {
  copyScript(`${moj}/components/${part}/${part}.bundle.mjs`, `js/${part}.mjs`);
}

const wanted = new Set(
  [...readFileSync(`${out}/css/app.css`, "utf8").matchAll(/url\("?\.\.\/images\/([^")]+)"?\)/g)].map((m) => m[1]),
);
for (const image of wanted) copy(`${moj}/assets/images/${image}`, `images/${image}`);

// Source Sans 3 for the printed report: Latin with its accents, regular and bold, upright and italic.
mkdirSync(join(out, "fonts/source-sans-3"), { recursive: true });
for (const file of readdirSync(`${font}/files`)) {
  if (/^source-sans-3-latin(-ext)?-(400|600|700)-(normal|italic)\.woff2$/.test(file)) {
    copy(`${font}/files/${file}`, `fonts/source-sans-3/${basename(file)}`);
  }
}
copy(`${font}/LICENSE`, "fonts/source-sans-3/LICENSE");
