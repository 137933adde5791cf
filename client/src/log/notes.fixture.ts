/** A note of the record, whole; a test says what is particular of one. */
import type { NoteEntity } from "../lib/protocol.ts";

export function aNote(over: Partial<NoteEntity> = {}): NoteEntity {
  return {
    id: "n1.0",
    intervention: "i1.0",
    request: null,
    scope: "record",
    text: "",
    at: 1,
    version: 1,
    tags: [],
    questions: [],
    follow_up: false,
    document: "",
    correction: false,
    correction_by: null,
    proposed: null,
    settled: null,
    answer: "",
    ...over,
  };
}
