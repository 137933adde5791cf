/** The public display: for the hall, the lectern, or a viewer's own desk. */

import "../styles/all.css";
import "../styles/display.css";
import { Hall } from "../display/Hall.tsx";
import { Lectern } from "../display/Lectern.tsx";
import { stayLit } from "../lib/screen.ts";
import { start } from "../lib/start.tsx";

const LAYOUTS = ["hall", "desk", "lectern"] as const;
const CURSOR_MS = 5_000;

type Layout = (typeof LAYOUTS)[number];

function layout(): Layout {
  const page = document.body.dataset.layout;
  const asked = new URLSearchParams(location.search).get("layout") ?? page;
  return LAYOUTS.find((each) => each === asked) ?? "hall";
}

/** Hides the cursor of a screen that nobody points at. */
function hideCursor(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const moved = () => {
    delete document.documentElement.dataset.still;
    clearTimeout(timer);
    timer = setTimeout(() => {
      document.documentElement.dataset.still = "";
    }, CURSOR_MS);
  };
  document.addEventListener("pointermove", moved);
  moved();
}

const shown = layout();
document.documentElement.dataset.layout = shown;
if (shown !== "desk") {
  hideCursor();
  stayLit(true);
}
void start(
  ({ store }) =>
    shown === "lectern" ? <Lectern store={store} /> : <Hall store={store} />,
  { safe: (store) => store.floor.value === null },
);
