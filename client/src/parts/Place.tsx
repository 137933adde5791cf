/** A position in the list, like a gate number; filled for the next one. */
export function Place({ n, next = false }: { n: number; next?: boolean }) {
  return (
    <span class="place num" data-next={next || undefined}>
      {n}
    </span>
  );
}
