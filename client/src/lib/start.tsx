/** How a screen begins: language, names, state, the line, and then the view. */

import type { ComponentChild } from "preact";
import { render } from "preact";
import { type Boot, boot } from "./boot.ts";
import { type Connection, connect } from "./connection.ts";
import { dir, lang, loadCatalogue, speak } from "./i18n.ts";
import { loadRoster } from "./names.ts";
import { createStore, type Store } from "./store.ts";
import { anchor, startTicking } from "./time.ts";

const PATIENCE_MS = 5_000;
const AGAIN_MS = 2_000;

/** What a screen is given. */
export interface App {
  readonly boot: Boot;
  readonly store: Store;
  readonly line: Connection;
}

export interface StartOptions {
  readonly device?: string;
  readonly safe?: (store: Store) => boolean;
  /** The floor whose clock ticks; `store.floor` if left out. */
  readonly clock?: (store: Store) => Parameters<typeof startTicking>[0];
}

/**
 * Starts the screen of this page: the server's first paint stands until names and
 * sentences are there, then `view` takes over.
 */
export async function start(
  view: (app: App) => ComponentChild,
  options: StartOptions = {},
): Promise<App> {
  if (boot.state) anchor(boot.state.now);
  const store = createStore(boot);
  const safe = options.safe;
  const line = connect(store, boot, {
    ...(options.device === undefined ? {} : { device: options.device }),
    ...(safe === undefined ? {} : { safe: () => safe(store) }),
  });
  await prepare(boot);
  startTicking(options.clock?.(store) ?? store.floor);
  const app = { boot, store, line };
  paint(view(app));
  return app;
}

/**
 * Loads language and names, and waits for them a moment. What is late keeps being
 * asked for and is shown when it comes.
 */
export async function prepare(from: Boot): Promise<void> {
  const { catalogue, roster } = from;
  const words = catalogue && insist(async () => learn(from.lang, catalogue));
  const names = roster && insist(() => loadRoster(roster));
  speak(from.lang, null);
  document.documentElement.lang = lang.value;
  document.documentElement.dir = dir.value;
  await Promise.race([Promise.all([words, names]), sleep(PATIENCE_MS)]);
}

async function learn(language: string, catalogue: string): Promise<void> {
  speak(language, await loadCatalogue(catalogue));
}

async function insist(load: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await load();
    } catch {
      await sleep(AGAIN_MS);
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** Puts the view in the page's `#screen`, in place of the server's first paint. */
export function paint(view: ComponentChild): void {
  const place = document.getElementById("screen") ?? document.body.appendChild(home());
  place.replaceChildren();
  render(view, place);
}

function home(): HTMLElement {
  const made = document.createElement("div");
  made.id = "screen";
  return made;
}
