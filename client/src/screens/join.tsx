/** The way in. Reads the link from the fragment, and takes it out of the address. */

import "../styles/all.css";
import "../styles/join.css";
import { takeToken } from "../join/door.ts";
import { Join } from "../join/Join.tsx";
import { boot } from "../lib/boot.ts";
import { paint, prepare } from "../lib/start.tsx";

const token = takeToken();

// Another link put over this page changes the fragment only, and loads nothing by itself.
addEventListener("hashchange", () => location.reload());

void prepare(boot).then(() => paint(<Join boot={boot} token={token} />));
