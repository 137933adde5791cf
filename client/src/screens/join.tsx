/** The way in. Reads the link from the fragment, and takes it out of the address. */

import "../styles/all.css";
import "../styles/join.css";
import { takeToken } from "../join/door.ts";
import { Join } from "../join/Join.tsx";
import { boot } from "../lib/boot.ts";
import { paint, prepare } from "../lib/start.tsx";

const token = takeToken();

void prepare(boot).then(() => paint(<Join boot={boot} token={token} />));
