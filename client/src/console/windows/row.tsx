import { useSignal } from "@preact/signals";
import { t, time } from "../../lib/i18n.ts";
import { FLOOR_LANGUAGES, languageName } from "../../lib/languages.ts";
import { behalf, label } from "../../lib/names.ts";
import type { RequestEntity } from "../../lib/protocol.ts";
import { RANKS, type Rank, rankName } from "../../lib/terms.ts";
import { tick } from "../../lib/time.ts";
import { whySentence } from "../../lib/why.ts";
import { Button } from "../../parts/Button.tsx";
import { Name } from "../../parts/Name.tsx";
import { channelName } from "../channels.ts";
import { type Desk, noteOn } from "../desk.ts";
import { mmss } from "../length.ts";
import { setWindow } from "../pressLists.ts";
import { Refused } from "../refused.tsx";
import { kindName } from "../said.ts";
import { instantAt } from "../wallclock.ts";
import { RowMore } from "./rowMore.tsx";

/** Name, language and the operators' note of one request. Saved by one button. */
export function RowWindow({
  desk,
  request,
  onDone,
}: {
  desk: Desk;
  request: RequestEntity;
  onDone: () => void;
}) {
  const name = useSignal(request.person?.name ?? "");
  const title = useSignal(request.person?.title ?? "");
  const language = useSignal(request.language);
  const old = noteOn(desk.store, request.id);
  const note = useSignal(desk.noteOf(request));
  const rank = useSignal<Rank | "">(request.rank ?? "");
  const { zone } = desk.store.meeting.value;
  const shown = (at: number | null | undefined) => (at ? time(at, zone) : "");
  const comes = useSignal(shown(request.not_before));
  const leaves = useSignal(shown(request.not_after));
  const field = (signal: typeof name) => ({
    value: signal.value,
    onInput: (event: { currentTarget: { value: string } }) => {
      signal.value = event.currentTarget.value;
    },
  });

  const save = async () => {
    let fell = false;
    const named =
      name.value !== (request.person?.name ?? "") ||
      title.value !== (request.person?.title ?? "");
    const ranked = rank.value !== "" && rank.value !== request.rank;
    if (named || ranked || language.value !== request.language) {
      const final = await desk.carryOut({
        type: "name_speaker",
        fields: {
          request: request.id,
          ...(named &&
            name.value.trim() && { person: { name: name.value, title: title.value } }),
          language: language.value,
          ...(ranked && { rank: rank.value }),
        },
        label: t("Save"),
      });
      if (final.outcome !== "ok") return;
      fell = final.result.rank_fell === true;
    }
    if (note.value !== desk.noteOf(request)) {
      const final = await desk.carryOut({
        type: "note",
        fields: {
          note: old?.id ?? null,
          request: request.id,
          text: note.value,
          version: old?.version ?? 0,
        },
        label: t("Save"),
      });
      if (final.outcome !== "ok") return;
    }
    const times = windowOf(comes.value, leaves.value, zone);
    const same = times && times.from === (request.not_before ?? null);
    if (times && !(same && times.until === (request.not_after ?? null))) {
      const final = await desk.carryOut(setWindow(request, times.from, times.until));
      if (final.outcome !== "ok") return;
    }
    if (fell) desk.say(t("Rank is lower now: the place may have changed."));
    onDone();
  };
  const bad = windowOf(comes.value, leaves.value, zone) === null;

  return (
    <>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p>
          <b>
            <Name text={label(request).main} />
          </b>
          {behalf(request) && <small class="soft"> {behalf(request)}</small>}
        </p>
        <p class="small soft">{facts(desk, request).join(" · ")}</p>
        {request.why.length > 0 && <p class="small">{whySentence(request.why)}</p>}
        {request.person && request.confirmed === false && (
          <p class="elsewhere">
            {t(
              "The delegation proposed this name; saving or confirming makes it public.",
            )}
          </p>
        )}
        <label>
          {t("Who speaks, as it shall be read")}
          <input class="field" maxLength={200} {...field(name)} />
        </label>
        <label>
          {t("Function")}
          <input class="field" maxLength={200} {...field(title)} />
        </label>
        <div class="pair">
          <label>
            {t("Rank, for the order of protocol")}
            <select
              class="field"
              value={rank.value}
              onChange={(event) => {
                rank.value = event.currentTarget.value as Rank | "";
              }}
            >
              <option value="">{t("Not said")}</option>
              {RANKS.map((each) => (
                <option key={each} value={each}>
                  {rankName(each)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t("Language")}
            <select
              class="field"
              value={language.value}
              onChange={(event) => {
                language.value = event.currentTarget.value;
              }}
            >
              <option value="">{t("Not said")}</option>
              {FLOOR_LANGUAGES.map((each) => (
                <option key={each} value={each}>
                  {languageName(each)}
                </option>
              ))}
            </select>
          </label>
        </div>
        <div class="pair">
          <label>
            {t("Not before")}
            <input class="field" placeholder="11:30" {...field(comes)} />
          </label>
          <label>
            {t("Leaves at")}
            <input class="field" placeholder="12:05" {...field(leaves)} />
          </label>
        </div>
        <label>
          {t("Note, for operators only")}
          <textarea class="field" rows={2} maxLength={4000} {...field(note)} />
        </label>
        <Refused desk={desk} />
        <div class="dialog-actions">
          <Button onPress={onDone}>{t("Back")}</Button>
          <Button
            type="submit"
            onPress={() => {}}
            reason={bad ? t("Times are typed like 12:05") : desk.blocked.value}
          >
            {t("Save")}
          </Button>
        </div>
      </form>
      <RowMore desk={desk} request={request} onDone={onDone} />
    </>
  );
}

/** The instants of both fields, null for an empty one; null where one is no time. */
function windowOf(comes: string, leaves: string, zone: string) {
  const instant = (text: string) =>
    text.trim() === "" ? null : (instantAt(text, zone, tick.peek()) ?? undefined);
  const from = instant(comes);
  const until = instant(leaves);
  return from === undefined || until === undefined ? null : { from, until };
}

function facts(desk: Desk, request: RequestEntity): string[] {
  const zone = desk.store.meeting.value.zone;
  const at = time(request.registered_at, zone);
  const channel = request.channel
    ? t("received: {channel}", { channel: channelName(request.channel) })
    : "";
  const leaves = request.not_after ?? null;
  const comes = request.not_before ?? null;
  return [
    kindName(request.kind),
    t("number {n}", { n: request.number }),
    t("since {time}", { time: at }),
    channel,
    t("limit {time}", { time: mmss(request.limit_ms) }),
    comes === null ? "" : t("not before {time}", { time: time(comes, zone) }),
    leaves === null ? "" : t("leaves {time}", { time: time(leaves, zone) }),
  ].filter(Boolean);
}
