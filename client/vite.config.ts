import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { precompress } from "./build/precompress.ts";
import { saved } from "./build/saved.ts";
import { screens } from "./build/screens.ts";

const SCREENS = fileURLToPath(new URL("./src/screens", import.meta.url));

/** About five years of phones. CSS such as light-dark() is lowered to this. */
const OLDEST_BROWSERS = ["chrome99", "edge99", "firefox100", "safari15.4", "ios15.4"];

export default defineConfig({
  base: "/static/",
  // The server writes the pages; there is no index.html to start from.
  appType: "custom",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: OLDEST_BROWSERS,
    cssTarget: OLDEST_BROWSERS,
    cssMinify: "lightningcss",
    // Data URLs would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: screens(SCREENS) },
  },
  plugins: [saved(OLDEST_BROWSERS), precompress()],
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}"],
    setupFiles: ["./test/setup.ts"],
    restoreMocks: true,
    passWithNoTests: true,
  },
});
