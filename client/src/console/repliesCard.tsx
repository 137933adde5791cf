import { t, tn } from "../lib/i18n.ts";
import { Button } from "../parts/Button.tsx";
import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";
import { goToReplies } from "./pressPoints.ts";

/** Rights of reply in one line, with the way to them once some wait. */
export function RepliesCard({ desk }: { desk: Desk }) {
  const { meeting, segment, replies, floor } = desk.scene.value;
  if (!segment || meeting.rules.replies === null) return null;
  const n = replies.first + replies.second;
  const replying = segment.phase === "reply_1" || segment.phase === "reply_2";
  const wanted = replies.first > 0 ? "reply_1" : "reply_2";
  const offered = n > 0 && !replying && meeting.state === "in_session" && !floor;
  return (
    <div class="notice-line">
      <Button
        onPress={() => {
          desk.window.value = { name: "replies" };
        }}
        shortcut="Y"
      >
        {n === 0
          ? t("Rights of reply: none asked")
          : tn("Rights of reply: {n} asked", "Rights of reply: {n} asked", n)}
      </Button>
      {offered && <Act desk={desk} press={goToReplies(segment, wanted)} />}
    </div>
  );
}
