/** The presider's page, read only: now, next, the sentence to say, time over. */

import "../styles/all.css";
import "../styles/chair.css";
import "../styles/conclusions.css";
import { Chair } from "../chair/Chair.tsx";
import { stayLit } from "../lib/screen.ts";
import { start } from "../lib/start.tsx";

stayLit(true);
void start(({ store }) => <Chair store={store} />, {
  safe: (store) => store.floor.value === null,
});
