/** How a voice is addressed from the chair: data of the roster, never code. */
import type { VNode } from "preact";
import { tx } from "../lib/i18n.ts";
import { address, behalf, label, spoken, type Voice } from "../lib/names.ts";

/** "the representative of **Kenya**, on behalf of the African Group". */
export function Addressed({ voice }: { voice: Voice }): VNode {
  const group = voice.group || voice.group_text ? behalf(voice) : "";
  const whom = <Form voice={voice} />;
  return group ? tx("{whom}, {group}", { whom, group: <bdi>{group}</bdi> }) : whom;
}

function Form({ voice }: { voice: Voice }): VNode {
  const { delegation, person, kind } = voice;
  if (person && (!delegation || kind === "programme" || kind === "introduction")) {
    return <Bold text={person.name} />;
  }
  if (!delegation) return <Bold text={label(voice).main} />;
  const name = <Bold text={spoken(delegation)} />;
  switch (address(delegation)) {
    case "observer_for":
      return tx("the observer for {name}", { name });
    case "observer_of":
      return tx("the observer of {name}", { name });
    default:
      return tx("the representative of {name}", { name });
  }
}

function Bold({ text }: { text: string }) {
  return (
    <b>
      <bdi>{text}</bdi>
    </b>
  );
}
