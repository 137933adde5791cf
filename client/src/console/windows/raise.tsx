import { useSignal } from "@preact/signals";
import { t } from "../../lib/i18n.ts";
import { label, listName, search } from "../../lib/names.ts";
import type { RequestEntity } from "../../lib/protocol.ts";
import { kindName, MOTIONS, motionName } from "../../lib/terms.ts";
import { Button } from "../../parts/Button.tsx";
import { Name } from "../../parts/Name.tsx";
import type { Desk } from "../desk.ts";
import { type Interrupting, type Raised, raise } from "../pressPoints.ts";
import { Refused } from "../refused.tsx";

const OFFERED = 6;

/** A point of order that came by hand, chat or card: raised for a delegation. */
export function RaiseWindow({
  desk,
  delegation,
  onDone,
}: {
  desk: Desk;
  delegation: string | null;
  onDone: () => void;
}) {
  const who = useSignal(delegation);
  if (who.value === null) {
    return (
      <Who
        onChoose={(code) => {
          who.value = code;
        }}
      />
    );
  }
  return <What desk={desk} delegation={who.value} onDone={onDone} />;
}

function Who({ onChoose }: { onChoose: (code: string) => void }) {
  const wanted = useSignal("");
  const found = search(wanted.value).flatMap((hit) => (hit.code ? [hit.code] : []));
  return (
    <>
      <label class="stack">
        {t("Who raises it?")}
        <input
          class="field"
          autofocus
          placeholder={t("Name, alias or code")}
          value={wanted.value}
          onInput={(event) => {
            wanted.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="choices">
        {found.slice(0, OFFERED).map((code) => (
          <Button key={code} onPress={() => onChoose(code)}>
            <bdi>{listName(code)}</bdi>
          </Button>
        ))}
      </div>
      {wanted.value !== "" && found.length === 0 && (
        <p class="nothing">{t("Not in this meeting's roster.")}</p>
      )}
    </>
  );
}

function What({
  desk,
  delegation,
  onDone,
}: {
  desk: Desk;
  delegation: string;
  onDone: () => void;
}) {
  const list = pointsList(desk);
  const { meeting } = desk.scene.value;
  const enter = async (raised: Raised) => {
    if (list === null) return;
    const channel = desk.channel.value;
    const final = await desk.carryOut(raise(list, delegation, raised, channel));
    if (final.outcome !== "ok") return;
    onDone();
    const name = listName(delegation);
    desk.say(
      t("{name}: {what}, to be recognised.", { name, what: kindName(raised.kind) }),
    );
  };
  const choice = (raised: Raised, words: string, first = false) => (
    <Button
      key={words}
      autofocus={first}
      reason={
        enabled(desk, raised.kind)
          ? (desk.whyNot("insert") ??
            (meeting.state === "in_session"
              ? null
              : t("The meeting is not in session")))
          : t("not provided for in these rules")
      }
      onPress={() => void enter(raised)}
    >
      {words}
    </Button>
  );
  return (
    <>
      <p>
        <b>
          <Name text={listName(delegation)} />
        </b>
      </p>
      <div class="choices">
        {choice({ kind: "point_of_order" }, kindName("point_of_order"), true)}
        {choice({ kind: "response" }, kindName("response"))}
        {choice({ kind: "technical" }, t("Technical"))}
      </div>
      <h3>{t("A motion")}</h3>
      <div class="choices">
        {MOTIONS.map((motion) =>
          choice({ kind: "procedural_motion", motion }, motionName(motion)),
        )}
      </div>
      {openMotions(desk).map((motion) => (
        <section key={motion.id}>
          <h3>{t("On the motion of {name}", { name: motion.name })}</h3>
          <div class="choices">
            {choice(
              { kind: "procedural_motion", side: "for", on: motion.id },
              t("Speaks in favour"),
            )}
            {choice(
              { kind: "procedural_motion", side: "against", on: motion.id },
              t("Speaks against"),
            )}
          </div>
        </section>
      ))}
      <Refused desk={desk} also={onDone} />
    </>
  );
}

export function pointsList(desk: Desk): string | null {
  const lists = [...desk.store.lists.value.values()];
  return lists.find((each) => each.purpose === "points")?.id ?? null;
}

function enabled(desk: Desk, kind: Interrupting): boolean {
  return desk.store.meeting.value.rules.interruptions[kind]?.enabled ?? true;
}

/** Motions that are still to be decided, raised or heard. */
function openMotions(desk: Desk): readonly { id: string; name: string }[] {
  const { points, ruling } = desk.scene.value;
  const isMotion = (each: Pick<RequestEntity, "kind" | "motion">) =>
    each.kind === "procedural_motion" && each.motion !== null;
  const waiting = points
    .filter((each) => isMotion(each) && each.on === null)
    .map((each) => ({ id: each.id, name: label(each).main }));
  const heard =
    ruling && isMotion(ruling) && ruling.request
      ? [{ id: ruling.request, name: label(ruling).main }]
      : [];
  return [...heard, ...waiting];
}
