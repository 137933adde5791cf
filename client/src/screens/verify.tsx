/** Is an exported record what was signed? On a server's page, and in a saved file. */

import "../styles/all.css";
import "../styles/verify.css";
import { render } from "preact";
import { boot as found } from "../lib/boot.ts";
import { dir, loadCatalogue, speak } from "../lib/i18n.ts";
import { type ProofBoot, Verify } from "../verify/Verify.tsx";

const boot: ProofBoot = found;

/** No line to a server is opened, and in a saved file nothing is loaded at all. */
async function begin(): Promise<void> {
  const { lang, catalogue, words } = boot;
  speak(lang, words ?? null);
  if (catalogue) speak(lang, await loadCatalogue(catalogue).catch(() => null));
  document.documentElement.dir = dir.value;
  const place = document.getElementById("screen") ?? document.body;
  place.replaceChildren();
  render(<Verify boot={boot} />, place);
}

// A file that is dropped beside the box must not take the place of the page.
for (const each of ["dragover", "drop"]) {
  addEventListener(each, (event) => event.preventDefault());
}

void begin();
