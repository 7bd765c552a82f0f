/** An icon of VS Code; decoration beside words, so hidden from screen readers. */
export function Icon({ name }: { name: string }) {
  return <i className={`codicon codicon-${name}`} aria-hidden="true" />;
}

/** A button that is only an icon. */
export function IconButton(props: { icon: string; label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      className="icon-button"
      title={props.label}
      aria-label={props.label}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}
