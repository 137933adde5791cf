// The verifier of the page /verify, without the page: a line of standard input is a
// file in base64, a line of output what is found of it: [exit code, first wrong line].
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

const client = fileURLToPath(new URL("../../client/", import.meta.url));
const vite = createRequire(join(client, "package.json")).resolve("vite");
const { build } = await import(pathToFileURL(vite).href);
const [{ output }] = await build({
  configFile: false,
  logLevel: "error",
  root: client,
  build: {
    write: false,
    minify: false,
    lib: { entry: "src/verify/judge.ts", formats: ["es"], fileName: "judge" },
  },
});
const folder = mkdtempSync(join(tmpdir(), "rostra-verify-"));
const module = join(folder, "judge.mjs");
writeFileSync(module, output[0].code);
const { judge } = await import(pathToFileURL(module).href);
rmSync(folder, { recursive: true });

const CODES = { intact: 0, wrong: 1, empty: 2, other: 2 };
for await (const line of createInterface({ input: process.stdin })) {
  const found = judge(new Uint8Array(Buffer.from(line, "base64")));
  console.log(JSON.stringify([CODES[found.kind], found.line ?? 0]));
}
