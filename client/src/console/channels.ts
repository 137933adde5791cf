/** Where a request for the floor came from, when the operator enters it. */
import { t } from "../lib/i18n.ts";
import type { Channel } from "./paste.ts";

export const CHANNELS = [
  "platform",
  "chat",
  "email",
  "paper",
  "phone",
  "desk",
] as const satisfies readonly Channel[];

export function isChannel(text: string): text is Channel {
  return (CHANNELS as readonly string[]).includes(text);
}

export function channelName(channel: Channel): string {
  const names: Record<Channel, string> = {
    pad: t("Pad"),
    platform: t("Hand raised"),
    chat: t("Chat"),
    email: t("E-mail"),
    paper: t("Paper"),
    phone: t("Phone"),
    desk: t("At the desk"),
  };
  return names[channel];
}
