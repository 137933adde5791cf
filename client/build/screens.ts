import { existsSync, readdirSync } from "node:fs";
import { join, parse } from "node:path";

/** One entry per file in `folder`: `pad.tsx` becomes `{pad: "<folder>/pad.tsx"}`. */
export function screens(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder).filter(isScreen).sort();
  return Object.fromEntries(
    files.map((file) => [parse(file).name, join(folder, file)]),
  );
}

function isScreen(file: string): boolean {
  return file.endsWith(".tsx") && !file.endsWith(".test.tsx");
}
