// Brings what has data-live up to date, twice a second; nothing else is touched, so that
// a button stays under the finger that presses it.
const EVERY_MS = 500;

async function look() {
  const answer = await fetch("/", { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const now of fresh.querySelectorAll("[data-live]")) {
    const shown = document.getElementById(now.id);
    if (!shown || shown.outerHTML === now.outerHTML) continue;
    if (shown.innerHTML !== now.innerHTML) shown.innerHTML = now.innerHTML;
    shown.toggleAttribute("disabled", now.hasAttribute("disabled"));
  }
}

for (;;) {
  await new Promise((done) => setTimeout(done, EVERY_MS));
  await look().catch(() => {});
}
