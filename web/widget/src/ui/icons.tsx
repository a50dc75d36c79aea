/** Line icons, drawn here so that nothing is fetched. All are decoration: the control around them carries the name. */
import type { ComponentChildren } from "preact";

export function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg
      viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.8"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"
    >
      {children}
    </svg>
  );
}

/** Two bubbles in a talk, with a smile in the front one: the launcher. */
export const ChatIcon = () => (
  <Icon>
    <path d="M12 3.5c5 0 9 3.3 9 7.6s-4 7.6-9 7.6c-1 0-2-.1-2.9-.4L4.6 20.4l.9-3.7C3.9 15.3 3 13.3 3 11.1c0-4.3 4-7.6 9-7.6Z" />
    <path d="M8.6 11.8c.8 1.5 2 2.2 3.4 2.2s2.6-.7 3.4-2.2" />
    <path d="M9 8.6v.2M15 8.6v.2" stroke-width="2.2" />
  </Icon>
);
export const CloseIcon = () => <Icon><path d="m6.5 6.5 11 11m0-11-11 11" /></Icon>;
export const FoldIcon = () => <Icon><path d="m6 9 6 6 6-6" /></Icon>;
export const SendIcon = () => <Icon><path d="M4.5 12 4 5l16 7-16 7 .5-7Zm0 0H12" /></Icon>;
export const PersonIcon = () => <Icon><circle cx="12" cy="8" r="3.6" /><path d="M5 20c.6-3.8 3.4-5.8 7-5.8s6.4 2 7 5.8" /></Icon>;
export const SparkIcon = () => <Icon><path d="M12 4c.7 4.6 2.4 6.7 7 8-4.6 1.3-6.3 3.4-7 8-.7-4.6-2.4-6.7-7-8 4.6-1.3 6.3-3.4 7-8Z" /></Icon>;
export const ReasonIcon = () => <Icon><path d="M12 4c.7 4.6 2.4 6.7 7 8-4.6 1.3-6.3 3.4-7 8-.7-4.6-2.4-6.7-7-8 4.6-1.3 6.3-3.4 7-8Z" fill="currentColor" /></Icon>;
export const CheckIcon = () => <Icon><path d="m5 12.5 4.5 4.5L19 7.5" /></Icon>;
export const WarningIcon = () => <Icon><path d="M12 4 2.8 19.5h18.4L12 4ZM12 10v4M12 17v.1" /></Icon>;
export const DownIcon = () => <Icon><path d="M12 5v14M6 13l6 6 6-6" /></Icon>;
export const ArrowIcon = () => <Icon><path d="m9 6 6 6-6 6" /></Icon>;
