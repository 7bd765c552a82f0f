import { type ReactNode, useId } from 'react';

/** A part of the page with its heading; controls stand at the heading's right. */
export function Section(props: { title: string; note?: string; controls?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{props.title}</h2>
        {props.note && <span className="note">{props.note}</span>}
        {props.controls && <div className="controls">{props.controls}</div>}
      </div>
      {props.children}
    </section>
  );
}
