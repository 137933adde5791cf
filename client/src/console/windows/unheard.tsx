import { day, t, time } from "../../lib/i18n.ts";
import { Button } from "../../parts/Button.tsx";
import { copied } from "../copy.ts";
import type { Desk } from "../desk.ts";
import { setContact } from "../pressPeople.ts";
import { saveFile } from "../saveFile.ts";
import {
  type Unheard,
  unheardCsv,
  unheardOf,
  unheardText,
  waitingStill,
} from "../unheard.ts";

/** Those who asked and were not heard, with their contacts: to copy or to keep. */
export function UnheardWindow({ desk }: { desk: Desk }) {
  const { meeting } = desk.scene.value;
  const rose = meeting.state === "rose" || meeting.state === "archived";
  const codes = rose ? (meeting.unheard ?? []) : waitingStill(desk.store);
  const lines = unheardOf(desk.store, codes);
  const { written_until: at, zone } = meeting;
  const until =
    at !== null &&
    t("Written statements until {day}, {time}.", {
      day: day(at, zone),
      time: time(at, zone),
    });
  return (
    <>
      <p class="soft">
        {rose
          ? t("These asked for the floor, and time did not permit.")
          : t("These still wait. If the meeting rose now, they would not be heard.")}
        {until && ` ${until}`}
      </p>
      {lines.length === 0 && <p>{t("Everyone was heard.")}</p>}
      {lines.length > 0 && (
        <div class="dialog-actions">
          <Button
            onPress={() =>
              void copied(desk, unheardText(lines), t("The list was copied as text."))
            }
          >
            {t("Copy as text")}
          </Button>
          <Button
            onPress={() =>
              saveFile(`${desk.boot.meeting}-unheard.csv`, unheardCsv(lines))
            }
          >
            {t("Download as CSV")}
          </Button>
        </div>
      )}
      <table class="totals">
        <tbody>
          {lines.map((each) => (
            <tr key={each.delegation}>
              <td>
                <bdi>{each.name}</bdi>
              </td>
              <td>
                <Contact desk={desk} line={each} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Typed and left, it is kept: a telephone number, an address. */
function Contact({ desk, line }: { desk: Desk; line: Unheard }) {
  return (
    <input
      class="field"
      dir="auto"
      maxLength={200}
      aria-label={t("Contact of {name}", { name: line.name })}
      placeholder={t("no contact known")}
      value={line.contact}
      onChange={(event) => {
        const contact = event.currentTarget.value.trim();
        if (contact === line.contact) return;
        desk.press(setContact(line.delegation, contact));
      }}
    />
  );
}
