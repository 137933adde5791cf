import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

const ENTRY = fileURLToPath(new URL("../src/screens/verify.tsx", import.meta.url));

/**
 * Builds the page `/verify` once more as `saved/verify.js` and `saved/verify.css`: one
 * script and one sheet that load nothing, for the server to put into a file to keep.
 */
export function saved(target: string[]): Plugin {
  return {
    name: "rostra:saved",
    apply: "build",
    async generateBundle() {
      const made = await build({
        configFile: false,
        logLevel: "error",
        build: {
          target,
          cssTarget: target,
          cssMinify: "lightningcss",
          write: false,
          copyPublicDir: false,
          lib: {
            entry: ENTRY,
            formats: ["es"],
            fileName: "verify",
            cssFileName: "verify",
          },
        },
      });
      const [result] = Array.isArray(made) ? made : [];
      for (const file of result?.output ?? []) {
        if (file.type === "chunk") {
          const source = inline(file.code);
          this.emitFile({ type: "asset", fileName: "saved/verify.js", source });
        } else if (file.fileName.endsWith(".css")) {
          const source = withoutFonts(String(file.source));
          this.emitFile({ type: "asset", fileName: "saved/verify.css", source });
        }
      }
    },
  };
}

/** Nothing in a script that stands in a page may end it. */
function inline(code: string): string {
  return code.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}

/** The letters of the device will do: fonts would be ten times as much as the rest. */
function withoutFonts(css: string): string {
  return css.replace(/@font-face\s*\{[^}]*\}/g, "");
}
