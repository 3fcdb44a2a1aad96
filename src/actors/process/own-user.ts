/** Whom the app runs as, and so whom a process that it starts now would run as: its real and effective user and group. */
export function ownUser(): string {
  const { getuid, geteuid, getgid, getegid } = process;
  return `${getuid?.()}:${geteuid?.()}:${getgid?.()}:${getegid?.()}`;
}
