/** What fits on the display: its height is a budget, and names are never cut. */

/** Names of more letters stand in the smaller of the two sizes. */
export const NAME_IS_LONG = 12;

const LINES = 4;
/** Where an announcement stands above. */
export const LINES_UNDER_BAND = 2;
const ENTRIES = 3;
const LETTERS_A_LINE = 26;

/** How many of the next names fit: three, in four lines; those left out are counted. */
export function nextShown(names: readonly string[], most = LINES): number {
  let lines = 0;
  let shown = 0;
  for (const name of names.slice(0, ENTRIES)) {
    lines += Math.max(1, Math.ceil(name.length / LETTERS_A_LINE));
    if (lines > most) break;
    shown += 1;
  }
  return shown;
}

/** How much smaller a name may stand, step by step: the sizes are in the style sheet. */
const STEPS = [null, "1", "2", "3"] as const;

/**
 * Keeps what stands in an element inside it: a long name with a group, a person and an
 * announcement above is set smaller rather than over the clock.
 */
export function keepInside(element: HTMLElement): () => void {
  const fit = () => {
    for (const step of STEPS) {
      if (step === null) delete element.dataset.tight;
      else element.dataset.tight = step;
      if (heightWithin(element) <= element.clientHeight) return;
    }
  };
  const sizes = new ResizeObserver(fit);
  sizes.observe(element);
  const words = new MutationObserver(fit);
  words.observe(element, { childList: true, characterData: true, subtree: true });
  return () => {
    sizes.disconnect();
    words.disconnect();
  };
}

function heightWithin({ firstElementChild, lastElementChild }: HTMLElement): number {
  if (firstElementChild === null || lastElementChild === null) return 0;
  const { top } = firstElementChild.getBoundingClientRect();
  return Math.floor(lastElementChild.getBoundingClientRect().bottom - top);
}
