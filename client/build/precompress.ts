import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const TEXT = /\.(js|css|svg|json|map|txt|webmanifest)$/;
/** Smaller files gain nothing: the headers outweigh what is saved. */
const WORTH_IT_BYTES = 512;

const brotli = promisify(brotliCompress);
const gz = promisify(gzip);

/** Writes `x.br` and `x.gz` beside each text file, for the server to choose from. */
export function precompress(): Plugin {
  return {
    name: "rostra:precompress",
    apply: "build",
    async writeBundle({ dir }) {
      if (dir === undefined) return;
      const files = await readdir(dir, { recursive: true });
      await Promise.all(files.filter(isText).map((file) => compress(join(dir, file))));
    },
  };
}

function isText(file: string): boolean {
  return TEXT.test(file);
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < WORTH_IT_BYTES) return;
  const quality = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  await Promise.all([
    brotli(content, { params: quality }).then((small) =>
      writeFile(`${path}.br`, small),
    ),
    gz(content, { level: 9 }).then((small) => writeFile(`${path}.gz`, small)),
  ]);
}
