/** How a voice is addressed from the chair, its name in bold. */
import type { VNode } from "preact";
import { addressed, type Words } from "../lib/addressed.ts";
import { tx } from "../lib/i18n.ts";
import type { Voice } from "../lib/names.ts";

const BOLD: Words<VNode> = {
  t: tx,
  name: (text) => (
    <b>
      <bdi>{text}</bdi>
    </b>
  ),
};

/** "the representative of **Kenya**, on behalf of **the African Group**". */
export function Addressed({ voice }: { voice: Voice }): VNode {
  return addressed(voice, BOLD);
}
