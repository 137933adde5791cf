/** The technical desk: who is next on the video platform, who is ready, who needs help. */

import "../styles/all.css";
import "../styles/chair.css";
import "../styles/desk.css";
import { Desk } from "../desk/Desk.tsx";
import { stayLit } from "../lib/screen.ts";
import { start } from "../lib/start.tsx";

stayLit(true);
void start(({ store }) => <Desk store={store} />, {
  safe: (store) => store.floor.value === null,
});
